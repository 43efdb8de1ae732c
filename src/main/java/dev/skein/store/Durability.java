package dev.skein.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What an acknowledged write survives. */
public enum Durability {
    /** The loss of power. */
    FSYNC,
    /** The death of the process; the last 50 ms may be lost with the power. */
    ASYNC,
    /** Nothing: it lives in memory only. */
    MEMORY;

    public static Set<String> words() {
        return Arrays.stream(values()).map(Durability::word).collect(Collectors.toUnmodifiableSet());
    }

    static Durability of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
