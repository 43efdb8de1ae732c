package dev.skein.cli.child;

import dev.skein.cli.terminal.Clean;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** What a node that did not start said about it. */
final class LastWords {
    private static final String ERROR = "error: ";
    private static final String CANNOT = "cannot start: ";
    private static final long LINES_MAX = 5;

    private LastWords() {}

    /** One line; empty when its log does not say why. */
    static String of(Path log) {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .map(LastWords::reason)
                    .filter(reason -> !reason.isEmpty())
                    .distinct()
                    .limit(LINES_MAX)
                    .map(Clean::line)
                    .collect(Collectors.joining("; "));
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static String reason(String line) {
        if (line.startsWith(ERROR)) {
            return line.substring(ERROR.length());
        }
        int at = line.indexOf(CANNOT);
        return at < 0 ? "" : line.substring(at);
    }
}
