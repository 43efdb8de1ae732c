package dev.skein.review.finding.suppress;

import dev.skein.review.Finding;
import dev.skein.review.Finding.Suppression;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a team decided not to see, a YAML list of entries: {@code rule}, {@code path} (with {@code *}, {@code **} and
 * {@code ?}) and {@code fingerprint} say what, at least one of them; {@code reason} and {@code author} are required;
 * {@code expires} is the last day it counts. An entry with a fault hides nothing.
 *
 * @param faults each named by its line, in the order of the file
 * @param expired entries that no longer count, each named by its line
 */
public record SuppressionFile(List<Entry> entries, List<String> faults, List<String> expired) {
    private static final String FILE = "file";

    public SuppressionFile {
        entries = List.copyOf(entries);
        faults = List.copyOf(faults);
        expired = List.copyOf(expired);
    }

    /**
     * What is not to be seen; what is null does not matter.
     *
     * @param line of the file, where it begins
     * @param expires last day on which it counts
     */
    public record Entry(
            int line,
            @Nullable String fingerprint,
            @Nullable String rule,
            @Nullable Pattern path,
            String reason,
            String author,
            @Nullable LocalDate expires) {

        boolean covers(Finding finding) {
            return (fingerprint == null || fingerprint.equals(finding.fingerprint()))
                    && (rule == null || rule.equals(finding.rule()))
                    && (path == null || path.matcher(finding.path()).matches());
        }
    }

    public static SuppressionFile parse(String text, LocalDate today) {
        return new SuppressionReader(today).read(text);
    }

    /** The finding, marked when an entry covers it and nobody else suppressed it. */
    public Finding apply(Finding finding) {
        if (finding.suppression() != null) {
            return finding;
        }
        return entries.stream()
                .filter(entry -> entry.covers(finding))
                .findFirst()
                .map(entry -> finding.suppressed(new Suppression(FILE, entry.reason + " (" + entry.author + ")")))
                .orElse(finding);
    }
}
