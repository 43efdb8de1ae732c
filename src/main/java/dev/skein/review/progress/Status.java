package dev.skein.review.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A review in progress at one moment.
 *
 * @param root what is reviewed
 * @param running by how long they run, the longest first
 * @param next those that will be claimed next, in that order
 * @param failed all that were given up
 * @param recent what happened last, the latest first
 */
public record Status(
        String run,
        String root,
        Instant updated,
        Totals totals,
        Eta eta,
        List<Running> running,
        List<Pending> next,
        List<Failed> failed,
        List<WorkerRate> workers,
        List<Activity> recent) {
    public Status {
        running = List.copyOf(running);
        next = List.copyOf(next);
        failed = List.copyOf(failed);
        workers = List.copyOf(workers);
        recent = List.copyOf(recent);
    }

    /** Tasks by state. */
    public record Totals(int total, int completed, int inProgress, int pending, int failed) {
        /** Of the tasks that are completed, rounded down; 0 without tasks. */
        public int percent() {
            return total == 0 ? 0 : (int) (completed * 100L / total);
        }
    }

    /** @param elapsed since it was claimed */
    public record Running(String id, String title, String worker, Duration elapsed) {}

    /** @param priority 0 to 4, 0 first */
    public record Pending(String id, String title, int priority) {}

    public record Failed(String id, String title, String reason) {}

    /** @param linesPerSecond lately; 0 before its first task */
    public record WorkerRate(String worker, boolean live, int tasks, double linesPerSecond) {}

    /** @param what happened, one sentence */
    public record Activity(Instant at, String worker, String what) {}
}
