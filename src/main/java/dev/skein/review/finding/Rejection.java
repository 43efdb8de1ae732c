package dev.skein.review.finding;

import dev.skein.review.Proposal;
import java.util.Comparator;
import java.util.Locale;

/**
 * What was proposed and not believed. In order of path, place, rule and message.
 *
 * @param detail one sentence for people
 */
public record Rejection(Proposal proposal, Reason reason, String detail, String engine, String task)
        implements Comparable<Rejection> {
    private static final Comparator<Rejection> ORDER = Comparator.comparing((Rejection each) -> each.proposal.path())
            .thenComparing(each -> each.proposal.region())
            .thenComparing(each -> each.proposal.rule())
            .thenComparing(each -> each.proposal.message())
            .thenComparing(each -> each.proposal.quote())
            .thenComparing(Rejection::task);

    /** Why. */
    public enum Reason {
        /** The quote is nowhere in the file. */
        QUOTE_MISSING,
        /** The quote is at several places and the numbers do not say which is meant. */
        AMBIGUOUS,
        /** The quote is in the file, but not in what was asked about. */
        OUTSIDE,
        /** Something is empty, too long or out of range. */
        SCHEMA;

        /** As it is written: lower case, with a dash. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public int compareTo(Rejection other) {
        return ORDER.compare(this, other);
    }
}
