package dev.skein.review;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Something in the code that should be otherwise, found again in the text. In order of path, place, rule, fingerprint.
 *
 * @param path relative to the root of the run, with {@code /}
 * @param quote the lines it is about, as they are, at most 2,000 characters
 * @param confidence 0 to 1
 * @param suggestion what would be right, for people; null without one
 * @param replacement what may stand in the place of the quote to put it right; null without one
 * @param engine that found it
 * @param model that found it; empty for engines without one
 * @param task that it came from
 * @param fingerprint the same for the same finding in a changed file: of rule, quote, enclosing symbol and occurrence
 * @param lineHash of the first line and what follows, as code scanning of GitHub computes it
 * @param suppression null unless somebody does not want to see it
 */
public record Finding(
        String path,
        Region region,
        String quote,
        String rule,
        Severity severity,
        double confidence,
        String message,
        @Nullable String suggestion,
        @Nullable String replacement,
        String engine,
        String model,
        String task,
        String fingerprint,
        String lineHash,
        @Nullable Suppression suppression)
        implements Comparable<Finding> {
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::path)
            .thenComparing(Finding::region)
            .thenComparing(Finding::rule)
            .thenComparing(Finding::fingerprint);

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    /** The same, not to be shown among the open ones for this reason. */
    public Finding suppressed(Suppression by) {
        return new Finding(
                path,
                region,
                quote,
                rule,
                severity,
                confidence,
                message,
                suggestion,
                replacement,
                engine,
                model,
                task,
                fingerprint,
                lineHash,
                by);
    }

    /**
     * Why it is not shown among the open ones.
     *
     * @param where {@code source}, {@code file} or {@code dismissed}
     * @param reason in the words of whoever did it; may be empty
     */
    public record Suppression(String where, String reason) {}
}
