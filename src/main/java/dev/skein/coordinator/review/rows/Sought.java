package dev.skein.coordinator.review.rows;

import dev.skein.review.Severity;
import dev.skein.review.run.ReviewDetails.Filter;
import dev.skein.review.run.ReviewDetails.Suppressed;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Which tasks may have found what is wanted, by how many of each severity they found.
 *
 * @param condition goes behind others; made of our own words only
 */
public record Sought(String condition) {
    public static final Sought ANY = new Sought("");

    /** Where nothing is filtered, tasks that found nothing count too: their rules and gaps are to be told. */
    public static Sought of(Severity least, Filter filter) {
        if (filter.saysNothing()) {
            return ANY;
        }
        if (filter.suppressed() == Suppressed.ONLY) {
            return new Sought(" AND suppressed > 0");
        }
        var open = Arrays.stream(Severity.values())
                .filter(each -> filter.level() == null ? each.isAtLeast(least) : each == filter.level())
                .map(Severity::word)
                .collect(Collectors.joining(" + "));
        var counted = filter.suppressed() == Suppressed.NO ? open : open + " + suppressed";
        return new Sought(" AND " + counted + " > 0");
    }
}
