package dev.skein.pipeline.vpl;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with a program.
 *
 * @param code as {@code E050}; stable, where wording is not
 * @param line from 1, of the first code point of the offending token
 * @param column from 1, in code points
 * @param hint what to write instead; null when there is no good guess
 */
public record Diagnostic(
        Severity severity,
        String code,
        int line,
        int column,
        String message,
        @Nullable String hint) {
    /** Errors prevent loading, warnings never do. */
    public enum Severity {
        ERROR,
        WARNING;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        return line + ":" + column + " " + code + " " + message + (hint == null ? "" : " (" + hint + ")");
    }
}
