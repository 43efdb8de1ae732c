package dev.skein.review.engine.check;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/** Tells what stands for a secret from what is one. */
final class Placeholders {
    private static final double BITS_MIN = 3.0;
    private static final String LADDER = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int STEPS = 6;
    private static final List<String> WORDS = List.of(
            "example",
            "sample",
            "placeholder",
            "changeme",
            "change-me",
            "change_me",
            "your",
            "dummy",
            "fake",
            "test",
            "secret",
            "passw",
            "todo",
            "xxx",
            "...",
            "***",
            "<",
            "${",
            "{{",
            "$(",
            "%s",
            "insert",
            "redacted",
            "default",
            "null",
            "undefined",
            "hunter2");

    private Placeholders() {}

    /** Whether it says of itself that it is none, is a variable, a path, code or counts upwards. */
    static boolean isExample(String value) {
        var lower = value.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains)
                || value.startsWith("/")
                || value.startsWith("./")
                || value.startsWith("$")
                || value.startsWith("%")
                || value.contains("://")
                || value.indexOf('(') >= 0
                || climbs(lower);
    }

    private static boolean climbs(String lower) {
        for (int i = 0; i + STEPS <= lower.length(); i++) {
            if (LADDER.contains(lower.substring(i, i + STEPS))) {
                return true;
            }
        }
        return false;
    }

    /** Letters and digits mixed, and few of them twice. */
    static boolean looksRandom(String value) {
        boolean hasDigit = value.chars().anyMatch(Character::isDigit);
        boolean hasLetter = value.chars().anyMatch(Character::isLetter);
        return hasDigit && hasLetter && bits(value) >= BITS_MIN;
    }

    /** Shannon's entropy of its characters, in bits for each. */
    static double bits(String value) {
        var counts = new HashMap<Integer, Integer>();
        value.chars().forEach(c -> counts.merge(c, 1, Integer::sum));
        double bits = 0;
        for (int count : counts.values()) {
            double share = (double) count / value.length();
            bits -= share * Math.log(share) / Math.log(2);
        }
        return bits;
    }
}
