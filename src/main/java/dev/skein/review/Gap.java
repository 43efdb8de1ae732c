package dev.skein.review;

import java.util.Arrays;
import java.util.Locale;

/**
 * Lines that nobody reviewed.
 *
 * @param detail one sentence for people
 */
public record Gap(String path, Lines lines, Reason reason, String detail) {
    public enum Reason {
        /** The engine failed, was too slow or said something that cannot be used. */
        ENGINE,
        /** The answer or the question was cut off. */
        TRUNCATED,
        /** One line longer than what can be looked at. */
        TOO_LONG,
        /** The file could not be parsed. */
        UNPARSABLE,
        /** The file was not as it was when the run began, or not there. */
        CHANGED;

        /** As it is written, in lower case with dashes. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** That of a word; a newer node may know more of them. */
        public static Reason of(String word) {
            return Arrays.stream(values())
                    .filter(reason -> reason.word().equals(word))
                    .findFirst()
                    .orElse(ENGINE);
        }
    }
}
