package dev.skein.review;

import dev.skein.kernel.Problem;
import java.util.Arrays;
import java.util.Locale;

/** How much harm comes of it if nothing is done, the worst first. */
public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    INFO;

    /** As it is written, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isAtLeast(Severity threshold) {
        return compareTo(threshold) <= 0;
    }

    /**
     * The severity of this word, in any case.
     *
     * @throws Problem when there is none, naming all
     */
    public static Severity of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("severity must be critical, high, medium, low or info"));
    }
}
