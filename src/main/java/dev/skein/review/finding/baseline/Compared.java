package dev.skein.review.finding.baseline;

import dev.skein.review.Finding;
import org.jspecify.annotations.Nullable;

/**
 * A finding and how it stands to an earlier review. In the order of findings; of equal ones the fixed come last.
 *
 * @param state null when there is no earlier review to compare with
 */
public record Compared(Finding finding, @Nullable State state) implements Comparable<Compared> {
    public static Compared alone(Finding finding) {
        return new Compared(finding, null);
    }

    /** Whether it is a finding of today that nobody suppressed. */
    public boolean isOpen() {
        return state != State.FIXED && finding.suppression() == null;
    }

    @Override
    public int compareTo(Compared other) {
        int order = finding.compareTo(other.finding);
        return order != 0 ? order : Integer.compare(rank(), other.rank());
    }

    private int rank() {
        return state == null ? -1 : state.ordinal();
    }
}
