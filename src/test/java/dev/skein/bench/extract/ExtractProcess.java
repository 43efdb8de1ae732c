package dev.skein.bench.extract;

import dev.skein.index.scan.JavaExtractor;
import dev.skein.index.search.ShardSymbols;
import dev.skein.index.source.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One of several processes that index a directory: every n-th file from the k-th. */
public final class ExtractProcess {
    private ExtractProcess() {}

    /** Arguments: the directory, k, n. Prints how many symbols the shard holds and the heap it takes in bytes. */
    public static void main(String[] arguments) throws IOException {
        int first = Integer.parseInt(arguments[1]);
        int step = Integer.parseInt(arguments[2]);
        var files = files(Path.of(arguments[0]));
        var extractor = new JavaExtractor();
        var shard = new ShardSymbols();
        for (int i = first; i < files.size(); i += step) {
            var bytes = Files.readAllBytes(files.get(i));
            var extracted = extractor.extract(bytes);
            shard.replace(files.get(i).toString(), ContentHash.of(bytes), extracted.table());
        }
        System.out.println(shard.size().symbols());
        if (arguments.length > 3) {
            System.gc();
            var memory = Runtime.getRuntime();
            System.out.println(memory.totalMemory() - memory.freeMemory());
        }
        System.exit(shard.size().files() > 0 ? 0 : 1);
    }

    static List<Path> files(Path root) throws IOException {
        try (var paths = Files.walk(root)) {
            return paths.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
