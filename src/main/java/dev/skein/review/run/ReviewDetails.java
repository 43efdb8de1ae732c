package dev.skein.review.run;

import dev.skein.bus.Endpoint;
import dev.skein.review.Finding;
import dev.skein.review.Severity;
import dev.skein.review.progress.Eta;
import dev.skein.review.run.Reviews.Task;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What people who look at one run closely ask for: some of its findings, what happens in it, and the code itself. */
public final class ReviewDetails {
    /** Lines of one excerpt at most, those around what was asked for included. */
    public static final int LINES_MAX = 200;

    /** Lines before and behind what was asked for at most. */
    public static final int AROUND_MAX = 50;

    /** UTF-16 units of one line of an excerpt at most; of a longer line the rest is left out. */
    public static final int LINE_MAX = 1_000;

    /** Which findings, by whether somebody wants to see them. */
    public enum Suppressed {
        ANY,
        /** Open ones only. */
        NO,
        /** Dismissed and suppressed ones only. */
        ONLY
    }

    /**
     * Which findings are wanted; what is empty says nothing.
     *
     * @param level exact severity; null for any
     * @param rule its whole id
     * @param path a part of it, in any case, as {@code text}
     * @param text a part of rule, message, suggestion, quote or path
     */
    public record Filter(@Nullable Severity level, String rule, String path, String text, Suppressed suppressed) {
        public static final Filter NONE = new Filter(null, "", "", "", Suppressed.ANY);

        public boolean saysNothing() {
            return equals(NONE);
        }

        public boolean matches(Finding finding) {
            return (level == null || finding.severity() == level)
                    && isWanted(finding)
                    && (rule.isEmpty() || finding.rule().equals(rule))
                    && has(finding.path(), path)
                    && (text.isEmpty() || says(finding));
        }

        private boolean isWanted(Finding finding) {
            return switch (suppressed) {
                case ANY -> true;
                case NO -> finding.suppression() == null;
                case ONLY -> finding.suppression() != null;
            };
        }

        private boolean says(Finding finding) {
            var suggestion = finding.suggestion();
            return has(finding.message(), text)
                    || has(finding.rule(), text)
                    || has(finding.path(), text)
                    || has(finding.quote(), text)
                    || (suggestion != null && has(suggestion, text));
        }

        private static boolean has(String where, String what) {
            return what.isEmpty() || where.toLowerCase(Locale.ROOT).contains(what.toLowerCase(Locale.ROOT));
        }
    }

    public record ProgressAsk(String run) {}

    /**
     * What happens in a run.
     *
     * @param running those that run longest
     * @param next those that will be begun next
     * @param failed some of those that were given up
     * @param recent those that were done last, the latest first
     */
    public record Progress(
            List<Task> running, List<Task> next, List<Task> failed, List<Task> recent, List<WorkerPace> workers) {
        public Progress {
            running = List.copyOf(running);
            next = List.copyOf(next);
            failed = List.copyOf(failed);
            recent = List.copyOf(recent);
            workers = List.copyOf(workers);
        }
    }

    /**
     * How fast a worker is.
     *
     * @param live whether it has a task now, or there is none left to have
     * @param tasks that it has done
     * @param linesPerSecond lately; 0 before its first task
     */
    public record WorkerPace(String worker, boolean live, int tasks, double linesPerSecond) {}

    public record EstimateAsk(String run) {}

    /**
     * When a run will end.
     *
     * @param text for people
     * @param workers that have a task of it
     * @param measured tasks that this rests on
     * @param likelyMillis from now on, null, as the others, when nobody can know
     */
    public record Estimate(
            String text,
            int workers,
            int measured,
            @Nullable Long likelyMillis,
            @Nullable Long earlyMillis,
            @Nullable Long lateMillis) {
        public static Estimate of(Eta eta) {
            var interval = eta.interval();
            return interval == null
                    ? new Estimate(eta.text(), eta.workers(), eta.measured(), null, null, null)
                    : new Estimate(
                            eta.text(),
                            eta.workers(),
                            eta.measured(),
                            interval.likely().toMillis(),
                            interval.early().toMillis(),
                            interval.late().toMillis());
        }
    }

    /**
     * Some lines of a file under review.
     *
     * @param first line, from 1
     * @param around how many lines before and behind as well
     */
    public record ExcerptAsk(String run, String path, int first, int last, int around) {}

    /**
     * Lines as they are now.
     *
     * @param first number of the first of them
     * @param total lines of the file
     * @param changed whether the file is not as it was when the run began, so that lines may have moved
     * @param cut whether lines, or parts of them, were left out
     */
    public record Excerpt(int first, List<String> lines, int total, boolean changed, boolean cut) {
        public Excerpt {
            lines = List.copyOf(lines);
        }
    }

    public record FileAsk(String run, String path) {}

    /**
     * A file that a run reviews.
     *
     * @param node id of the node that has the root
     * @param hash of the file when the run began
     */
    public record FileFound(String root, String node, String hash) {}

    /** Fails with 404 {@code review_not_found}, as do all that follow. */
    public static final Endpoint<ProgressAsk, Progress> PROGRESS =
            new Endpoint<>("review.progress.v1", ProgressAsk.class, Progress.class);

    public static final Endpoint<EstimateAsk, Estimate> ESTIMATE =
            new Endpoint<>("review.estimate.v1", EstimateAsk.class, Estimate.class);

    /** Served by each router. Fails with 404 {@code file_gone}, 503 {@code review_node_away}. */
    public static final Endpoint<ExcerptAsk, Excerpt> EXCERPT =
            new Endpoint<>("review.excerpt.v1", ExcerptAsk.class, Excerpt.class);

    /** Fails with 404 {@code file_gone} for a file that the run does not review. */
    public static final Endpoint<FileAsk, FileFound> FILE =
            new Endpoint<>("review.file.v1", FileAsk.class, FileFound.class);

    private ReviewDetails() {}
}
