package dev.skein.cli.noun;

import dev.skein.cli.Shell;
import dev.skein.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names that come from elsewhere than the command line. */
public final class Ids {
    private Ids() {}

    /** The words of a file, one a line; none when no file is named. */
    public static List<String> from(@Nullable String file, Shell shell) {
        if (file == null) {
            return List.of();
        }
        try {
            var text = file.equals("-") ? shell.terminal().readAll() : Files.readString(Path.of(file));
            return text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw Failure.usage("the file " + file + " cannot be read");
        }
    }

    /** Fails when none was named. */
    public static void requireSome(List<String> words, String label) {
        if (words.isEmpty()) {
            throw Failure.usage("missing required parameter: '" + label + "'");
        }
    }
}
