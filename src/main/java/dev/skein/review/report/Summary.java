package dev.skein.review.report;

import dev.skein.review.Finding;
import dev.skein.review.Gap;
import dev.skein.review.Severity;
import dev.skein.review.finding.Tally;
import dev.skein.review.report.Report.Skipped;
import dev.skein.review.report.Report.WorkerRow;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A review on one page, as Markdown. */
final class Summary {
    private static final int TEXT_MAX = 400;
    private static final int NAME_MAX = 200;
    private static final int ROWS_MAX = 50; // of gaps and failed units
    private static final int PATHS_MAX = 10; // of skipped files for one reason

    private final Report report;
    private final Counts counts;
    private final StringBuilder page = new StringBuilder();

    private Summary(Report report, Counts counts) {
        this.report = report;
        this.counts = counts;
    }

    static String of(Report report, Counts counts) {
        var summary = new Summary(report, counts);
        summary.verdict();
        summary.findings();
        summary.notReviewed();
        summary.skipped();
        summary.workers();
        return summary.page.toString();
    }

    private void verdict() {
        line("# Review: " + verdict(Outcome.of(report.isComplete(), counts.failing())));
        line("");
        var coverage = report.coverage();
        line("- **Coverage:** " + coverage.percent() + " % (" + coverage.reviewed() + " of " + coverage.lines()
                + " lines in " + coverage.files() + " files)");
        var gate = report.gate();
        line("- **Threshold:** " + gate.threshold().word() + (gate.onlyNew() ? ", new findings only" : ""));
        line("- **Run:** " + code(report.run()));
        var model = report.tool().model();
        line("- **Engine:** " + code(report.tool().engine()) + (model.isEmpty() ? "" : " with " + code(model)));
        if (!report.tally().equals(Tally.NONE)) {
            line("- **Proposals:** " + report.tally().text());
        }
    }

    private String verdict(Outcome outcome) {
        var threshold = report.gate().threshold().word();
        return switch (outcome) {
            case CLEAN -> "clean, nothing at or above " + threshold;
            case FINDINGS -> counts.failing() + " at or above " + threshold;
            case INCOMPLETE -> "incomplete, and " + counts.failing() + " at or above " + threshold;
        };
    }

    private void findings() {
        line("\n## Findings\n");
        line("| severity | open | of these new | suppressed | fixed |");
        line("|---|---:|---:|---:|---:|");
        for (var severity : Severity.values()) {
            line("| " + severity.word() + " | " + counts.open(severity) + " | " + counts.fresh(severity) + " | "
                    + counts.suppressed(severity) + " | " + counts.fixed(severity) + " |");
        }
        var top = counts.top();
        if (!top.isEmpty()) {
            line("\n### The worst\n");
            top.forEach(this::finding);
        }
    }

    private void finding(Finding finding) {
        line("- **" + finding.severity().word() + "** "
                + code(finding.path() + ":" + finding.region().startLine()) + " " + code(finding.rule()) + ": "
                + text(finding.message()));
    }

    private void notReviewed() {
        if (report.isComplete()) {
            return;
        }
        line("\n## Not reviewed\n");
        report.failed().stream()
                .limit(ROWS_MAX)
                .forEach(unit -> line("- " + code(unit.unit()) + " failed after " + unit.attempts() + " attempts: "
                        + text(unit.reason())));
        more(report.failed().size(), ROWS_MAX, "failed units");
        report.gaps().stream().limit(ROWS_MAX).forEach(this::gap);
        more(report.gaps().size(), ROWS_MAX, "gaps");
    }

    private void gap(Gap gap) {
        var reason = gap.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        line("- " + code(gap.path()) + " lines " + gap.lines().first() + "\u2013"
                + gap.lines().last() + ": " + reason + ", " + text(gap.detail()));
    }

    private void skipped() {
        var skipped = report.skipped();
        if (skipped.counts().isEmpty()) {
            return;
        }
        line("\n## Skipped\n");
        var byReason = skipped.first().stream().collect(Collectors.groupingBy(Skipped::reason));
        skipped.counts().forEach((reason, count) -> {
            var files = byReason.getOrDefault(reason, List.of());
            int shown = Math.min(PATHS_MAX, files.size());
            line("- " + text(reason) + ": " + count);
            files.stream().limit(shown).forEach(file -> line("  - " + code(file.path())));
            if (shown > 0 && count > shown) {
                line("  - \u2026 and " + (count - shown) + " more");
            }
        });
    }

    private void workers() {
        if (report.workers().isEmpty()) {
            return;
        }
        line("\n## Workers\n");
        line("| worker | tasks | failed | lines | findings | busy |");
        line("|---|---:|---:|---:|---:|---:|");
        report.workers().forEach(this::worker);
    }

    private void worker(WorkerRow row) {
        line("| " + Markdown.text(row.worker(), NAME_MAX) + " | " + row.tasks() + " | " + row.failed() + " | "
                + row.lines() + " | " + row.findings() + " | " + clock(row.busy()) + " |");
    }

    private static String clock(Duration busy) {
        return busy.toHours() + "h " + busy.toMinutesPart() + "m " + busy.toSecondsPart() + "s";
    }

    private void more(int size, int shown, String what) {
        if (size > shown) {
            line("- \u2026 and " + (size - shown) + " more " + what);
        }
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private static String text(String foreign) {
        return Markdown.text(foreign, TEXT_MAX);
    }

    private static String code(String foreign) {
        return Markdown.code(foreign, NAME_MAX);
    }
}
