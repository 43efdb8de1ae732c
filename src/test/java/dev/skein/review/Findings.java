package dev.skein.review;

import dev.skein.review.Finding.Suppression;
import org.jspecify.annotations.Nullable;

/** Findings for tests, changed a part at a time. */
public record Findings(Finding finding) {
    /** One in {@code src/A.java} on a line of its own. */
    public static Findings at(int line) {
        return new Findings(new Finding(
                "src/A.java",
                new Region(line, 5, line, 12),
                "foo(" + line + ")",
                "bad-call",
                Severity.MEDIUM,
                0.5,
                "foo must not be called",
                null,
                null,
                "ollama",
                "qwen",
                "t1",
                "fp" + line,
                "abc" + line + ":1",
                null));
    }

    public Findings path(String path) {
        return with(path, finding.rule(), finding.severity(), finding.suppression());
    }

    public Findings rule(String rule) {
        return with(finding.path(), rule, finding.severity(), finding.suppression());
    }

    public Findings severity(Severity severity) {
        return with(finding.path(), finding.rule(), severity, finding.suppression());
    }

    public Findings suppressed(String where, String reason) {
        return with(finding.path(), finding.rule(), finding.severity(), new Suppression(where, reason));
    }

    private Findings with(String path, String rule, Severity severity, @Nullable Suppression suppression) {
        return new Findings(new Finding(
                path,
                finding.region(),
                finding.quote(),
                rule,
                severity,
                finding.confidence(),
                finding.message(),
                finding.suggestion(),
                finding.replacement(),
                finding.engine(),
                finding.model(),
                finding.task(),
                finding.fingerprint(),
                finding.lineHash(),
                suppression));
    }

    public Findings said(String message, @Nullable String suggestion) {
        return named(message, suggestion, finding.quote());
    }

    public Findings quote(String quote) {
        return named(finding.message(), finding.suggestion(), quote);
    }

    private Findings named(String message, @Nullable String suggestion, String quote) {
        return new Findings(new Finding(
                finding.path(),
                finding.region(),
                quote,
                finding.rule(),
                finding.severity(),
                finding.confidence(),
                message,
                suggestion,
                finding.replacement(),
                finding.engine(),
                finding.model(),
                finding.task(),
                finding.fingerprint(),
                finding.lineHash(),
                finding.suppression()));
    }

    public Findings by(String engine, String model, double confidence) {
        return found(engine, model, confidence, finding.region());
    }

    public Findings region(Region region) {
        return found(finding.engine(), finding.model(), finding.confidence(), region);
    }

    private Findings found(String engine, String model, double confidence, Region region) {
        return new Findings(new Finding(
                finding.path(),
                region,
                finding.quote(),
                finding.rule(),
                finding.severity(),
                confidence,
                finding.message(),
                finding.suggestion(),
                finding.replacement(),
                engine,
                model,
                finding.task(),
                finding.fingerprint(),
                finding.lineHash(),
                finding.suppression()));
    }

    public Findings marks(String fingerprint, String lineHash) {
        return new Findings(new Finding(
                finding.path(),
                finding.region(),
                finding.quote(),
                finding.rule(),
                finding.severity(),
                finding.confidence(),
                finding.message(),
                finding.suggestion(),
                finding.replacement(),
                finding.engine(),
                finding.model(),
                finding.task(),
                fingerprint,
                lineHash,
                finding.suppression()));
    }
}
