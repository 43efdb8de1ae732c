package dev.skein.review.finding.baseline;

import dev.skein.kernel.Problem;
import java.util.Arrays;
import java.util.Locale;

/** How a finding stands to an earlier review. */
public enum State {
    NEW,
    UNCHANGED,
    /** It was there and is not any more. */
    FIXED;

    /** As it is written, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state of this word.
     *
     * @throws Problem when there is none, naming all
     */
    public static State of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("baseline must be new, unchanged or fixed"));
    }
}
