package dev.skein.review.finding.suppress;

import dev.skein.review.Finding;
import dev.skein.review.Finding.Suppression;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** What people said they do not want to see again, by fingerprint. Immutable. */
public final class Dismissals {
    private static final String DISMISSED = "dismissed";

    private final Map<String, Dismissal> byFingerprint;

    /** @param author who dismissed it */
    public record Dismissal(String fingerprint, String reason, String author) {}

    private Dismissals(Map<String, Dismissal> byFingerprint) {
        this.byFingerprint = byFingerprint;
    }

    /** Of one fingerprint the last counts. */
    public static Dismissals of(Collection<Dismissal> dismissals) {
        return new Dismissals(dismissals.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Dismissal::fingerprint, dismissal -> dismissal, (earlier, later) -> later)));
    }

    public boolean isEmpty() {
        return byFingerprint.isEmpty();
    }

    /** The finding, marked when somebody dismissed it and nobody else suppressed it. */
    public Finding apply(Finding finding) {
        var dismissal = byFingerprint.get(finding.fingerprint());
        if (dismissal == null || finding.suppression() != null) {
            return finding;
        }
        var by = dismissal.author.isEmpty() ? "" : " (" + dismissal.author + ")";
        return finding.suppressed(new Suppression(DISMISSED, dismissal.reason + by));
    }
}
