package dev.skein.bench.scope;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.kernel.Trees;
import dev.skein.review.scope.Scope;
import dev.skein.review.scope.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How long it takes to say what is reviewed of 10,000 directories with five files of fifty lines each. */
public final class ScopeBench implements Workload {
    private static final int DIRECTORIES = 10_000;
    private static final int FILES = 5;
    private static final int ROUNDS = 5;

    @Override
    public List<Row> measure() throws Exception {
        var root = Files.createTempDirectory("scope");
        try {
            fill(root);
            var seconds = new ArrayList<Double>();
            int units = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                units = Scope.of(root, Wanted.DEFAULTS).units().size();
                seconds.add((System.nanoTime() - start) / 1e9);
            }
            var name = "%,d directories, %,d files, the first pass cold".formatted(units, units * FILES);
            return List.of(Row.of(name, new Samples(seconds), "s"));
        } finally {
            Trees.delete(root);
        }
    }

    private static void fill(Path root) throws IOException {
        var text = "    return value + 1; // and so on\n".repeat(50);
        Files.writeString(root.resolve(".gitignore"), "*.class\n/target/\n*.tmp\n.idea/\n!keep.tmp\n");
        for (int i = 0; i < DIRECTORIES; i++) {
            var directory = root.resolve("p%d/q%d/r%d".formatted(i / 500, i / 20, i));
            Files.createDirectories(directory);
            for (int file = 0; file < FILES; file++) {
                Files.writeString(directory.resolve("File" + file + ".java"), text + i);
            }
        }
    }
}
