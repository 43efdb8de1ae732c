package dev.skein.cli.review.export;

import dev.skein.cli.Shell;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags for where a report goes to and what it is. */
public final class ReportOptions {
    @Option(
            names = "--format",
            split = ",",
            paramLabel = "FORMAT",
            description = "sarif, md, jsonl, rdjsonl, junit, with commas between; left out, all")
    List<String> formats = List.of();

    @Option(names = "--to", paramLabel = "DIR", description = "directory to write to; without it, standard output")
    @Nullable
    Path to;

    /**
     * The formats that are wanted.
     *
     * @param advice how it could have been asked for
     */
    public Set<ReportFormat> chosen(String advice) {
        var chosen = ReportFormat.of(formats);
        if (to == null && chosen.size() != 1) {
            throw Failure.usage("several files need a directory").advise(advice);
        }
        return chosen;
    }

    /** Null for standard output. */
    public @Nullable Path directory() {
        return to;
    }

    /** Prints the report and answers the exit code. */
    public static int print(Shell shell, ReportWriter writer, Set<ReportFormat> chosen) {
        try {
            var directory = Files.createTempDirectory("skein-review-");
            try {
                var written = writer.write(directory, chosen);
                var file = written.files().get(0);
                shell.terminal().print(Files.readString(file, StandardCharsets.UTF_8));
                return written.outcome().exitCode;
            } finally {
                Trees.delete(directory);
            }
        } catch (IOException e) {
            throw Failure.of(ExitCode.FAILED, "the report could not be written").because(e.toString());
        }
    }
}
