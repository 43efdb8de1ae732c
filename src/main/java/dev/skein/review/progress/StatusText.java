package dev.skein.review.progress;

import dev.skein.review.progress.Status.Failed;
import dev.skein.review.progress.Status.WorkerRate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A review in progress, as text for a terminal. */
public final class StatusText {
    private static final int BAR = 50;
    private static final int RUNNING_MAX = 10;
    private static final int NEXT_MAX = 5;
    private static final int RECENT_MAX = 5;
    private static final int REASON_MAX = 60;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final ZoneId zone;
    private final Hints hints;
    private final StringBuilder text = new StringBuilder();

    private StatusText(ZoneId zone, Hints hints) {
        this.zone = zone;
        this.hints = hints;
    }

    /**
     * Commands that somebody may want next.
     *
     * @param begin where there are no tasks
     * @param findings what was found
     * @param again does failed tasks once more
     */
    public record Hints(String begin, String findings, String again) {}

    public static String of(Status status, ZoneId zone) {
        var run = status.run();
        var hints = new Hints(
                "skein review start " + shown(status.root()),
                "skein review findings " + run,
                "skein review retry " + run);
        return of(status, zone, hints);
    }

    public static String of(Status status, ZoneId zone, Hints hints) {
        return new StatusText(zone, hints).write(status);
    }

    private String write(Status status) {
        line("Review " + status.run());
        line("Source root: " + shown(status.root()));
        line("Updated: " + TIME.format(status.updated().atZone(zone)));
        line("");
        if (status.totals().total() == 0) {
            line("No tasks found. Begin one with: " + hints.begin);
            return text.toString();
        }
        totals(status);
        list(
                "In progress",
                status.running(),
                RUNNING_MAX,
                task -> "[" + task.id() + "] " + shown(task.title()) + " (" + task.worker() + ", "
                        + Eta.text(task.elapsed()) + ")");
        list(
                "Next",
                status.next(),
                NEXT_MAX,
                task -> "[" + task.id() + "] (P" + task.priority() + ") " + shown(task.title()));
        list("Failed", status.failed(), Integer.MAX_VALUE, StatusText::failed);
        list("Workers", status.workers(), Integer.MAX_VALUE, StatusText::worker);
        list(
                "Recent activity",
                status.recent(),
                RECENT_MAX,
                each -> TIME.format(each.at().atZone(zone)) + " " + each.worker() + ": " + shown(each.what()));
        next(status);
        return text.toString();
    }

    private void totals(Status status) {
        var totals = status.totals();
        line("Total:       " + totals.total());
        line("Completed:   " + totals.completed() + " (" + totals.percent() + "%)");
        line("In progress: " + totals.inProgress());
        line("Pending:     " + totals.pending());
        line("Failed:      " + totals.failed());
        line("");
        line(bar(totals.percent()));
        line("ETA: " + status.eta().text());
    }

    static String bar(int percent) {
        int full = percent * BAR / 100;
        return "[" + "=".repeat(full) + "-".repeat(BAR - full) + "] " + percent + "%";
    }

    private <T> void list(String title, List<T> items, int max, Function<T, String> shown) {
        if (items.isEmpty()) {
            return;
        }
        line("");
        line(title + ":");
        items.stream().limit(max).forEach(item -> line("  " + shown.apply(item)));
        if (items.size() > max && !title.equals("Recent activity")) {
            line("  ... and " + (items.size() - max) + " more");
        }
    }

    private static String failed(Failed task) {
        var reason = shown(task.reason());
        int end = reason.offsetByCodePoints(0, Math.min(REASON_MAX, reason.codePointCount(0, reason.length())));
        return "[" + task.id() + "] " + shown(task.title()) + ": " + reason.substring(0, end);
    }

    private static String worker(WorkerRate worker) {
        var rate = worker.linesPerSecond() > 0
                ? String.format(Locale.ROOT, "%.1f lines/s", worker.linesPerSecond())
                : "not measured";
        return worker.worker() + ": " + worker.tasks() + " tasks, " + rate + (worker.live() ? "" : ", gone");
    }

    private void next(Status status) {
        line("");
        line("Findings: " + hints.findings);
        if (!status.failed().isEmpty()) {
            line("Again:    " + hints.again);
        }
    }

    /** On one line, without what moves a terminal's cursor. */
    private static String shown(String foreign) {
        return foreign.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+", " ");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
