package dev.skein.bench.review;

import dev.skein.review.Chunk;
import dev.skein.review.Engine.Call;
import dev.skein.review.Lines;
import dev.skein.review.Persona;
import dev.skein.review.SourceFile;
import dev.skein.review.engine.pmd.PmdConfig;
import dev.skein.review.engine.pmd.PmdEngine;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One of several processes that review the Java files of a directory: every n-th task of a hundred files from the
 * k-th.
 */
public final class PmdProcess {
    private static final int TASK_FILES = 100;
    private static final Persona NOBODY = new Persona("none", "", List.of(), "", "");

    private PmdProcess() {}

    /** Arguments: the directory, k, n. Prints how much was found and how many files could not be read. */
    public static void main(String[] arguments) throws Exception {
        int first = Integer.parseInt(arguments[1]);
        int step = Integer.parseInt(arguments[2]);
        var files = files(Path.of(arguments[0]));
        var engine = new PmdEngine(PmdConfig.DEFAULTS);
        int found = 0;
        int gaps = 0;
        for (int task = first; task * TASK_FILES < files.size(); task += step) {
            int from = task * TASK_FILES;
            var look = engine.review(call(files.subList(from, Math.min(files.size(), from + TASK_FILES))))
                    .await(10, TimeUnit.MINUTES);
            found += look.proposals().size();
            gaps += look.gaps().size();
        }
        System.out.println(found + " proposals, " + gaps + " gaps");
        System.exit(found > 0 ? 0 : 1);
    }

    private static Call call(List<Path> files) throws IOException {
        var chunks = new ArrayList<Chunk>();
        for (var file : files) {
            var text = Files.readString(file);
            int lines = Math.max(1, (int) text.lines().count());
            var all = new Lines(1, lines);
            chunks.add(new Chunk(new SourceFile(file.toString(), "java", text, "", lines), all, all));
        }
        return new Call(
                chunks, NOBODY, Map.of(), done -> {}, Promise.<String>promise().future());
    }

    static List<Path> files(Path root) throws IOException {
        try (var paths = Files.walk(root)) {
            return paths.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
