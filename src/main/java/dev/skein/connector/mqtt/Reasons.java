package dev.skein.connector.mqtt;

import org.jspecify.annotations.Nullable;

/** What went wrong, in the words of whoever knew first. */
final class Reasons {
    private Reasons() {}

    static String of(Throwable cause) {
        String words = null;
        for (@Nullable Throwable c = cause; c != null; c = c.getCause()) {
            words = c.getMessage() == null ? words : c.getMessage();
        }
        return words == null ? cause.getClass().getSimpleName() : words;
    }
}
