package dev.skein.review.finding;

import java.util.Collection;

/** How many findings were proposed, and how many of them were not believed for which reason. */
public record Tally(long proposed, long quoteMissing, long ambiguous, long outside, long schema) {
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    static Tally of(long proposed, Collection<Rejection> rejected) {
        return new Tally(
                proposed,
                count(rejected, Rejection.Reason.QUOTE_MISSING),
                count(rejected, Rejection.Reason.AMBIGUOUS),
                count(rejected, Rejection.Reason.OUTSIDE),
                count(rejected, Rejection.Reason.SCHEMA));
    }

    private static long count(Collection<Rejection> rejected, Rejection.Reason reason) {
        return rejected.stream().filter(each -> each.reason() == reason).count();
    }

    public Tally plus(Tally other) {
        return new Tally(
                proposed + other.proposed,
                quoteMissing + other.quoteMissing,
                ambiguous + other.ambiguous,
                outside + other.outside,
                schema + other.schema);
    }

    public long rejected() {
        return quoteMissing + ambiguous + outside + schema;
    }

    /** {@code 9 proposed, 4 rejected: quote-missing 1, ambiguous 1, outside 1, schema 1}. */
    public String text() {
        return proposed + " proposed, " + rejected() + " rejected: quote-missing " + quoteMissing + ", ambiguous "
                + ambiguous + ", outside " + outside + ", schema " + schema;
    }
}
