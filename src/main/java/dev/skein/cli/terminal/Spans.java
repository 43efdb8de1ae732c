package dev.skein.cli.terminal;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Lengths of time as flags give them: {@code 250ms}, {@code 5s}, {@code 10m}, {@code 1h}. */
public final class Spans {
    private Spans() {}

    /**
     * Reads one.
     *
     * @param flag named when the text is wrong
     * @return longer than zero
     */
    public static Duration parse(String flag, String text) {
        var span = read(flag, text.strip().toLowerCase(Locale.ROOT));
        if (span.isNegative() || span.isZero()) {
            throw Failure.usage(flag + " must be longer than zero, got " + text);
        }
        return span;
    }

    private static Duration read(String flag, String text) {
        try {
            if (text.endsWith("ms")) {
                return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
            }
            return text.endsWith("d")
                    ? Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1)))
                    : Duration.parse("PT" + text);
        } catch (DateTimeParseException | NumberFormatException e) {
            throw Failure.usage(flag + " must be a length of time like 250ms, 5s, 10m or 1h, got " + text);
        }
    }
}
