package dev.skein.review.ledger.status;

import dev.skein.review.Severity;
import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.TaskState;
import dev.skein.review.ledger.claim.View;
import dev.skein.review.ledger.claim.View.Holder;
import dev.skein.review.ledger.work.Choice;
import dev.skein.review.progress.Eta;
import dev.skein.review.progress.Forecast;
import dev.skein.review.progress.Forecast.Claimed;
import dev.skein.review.progress.Forecast.Live;
import dev.skein.review.progress.Pace;
import dev.skein.review.progress.Status;
import dev.skein.review.progress.Status.Activity;
import dev.skein.review.progress.Status.Failed;
import dev.skein.review.progress.Status.Pending;
import dev.skein.review.progress.Status.Running;
import dev.skein.review.progress.Status.Totals;
import dev.skein.review.progress.Status.WorkerRate;
import dev.skein.review.report.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What is shown of a ledger. Pure. */
public final class LedgerStatus {
    private static final int RECENT_MAX = 5;

    private final View view;
    private final Instant now;
    private final List<Task> tasks;

    /** @param now time of day, by which leases are shown; nobody decides by it */
    public LedgerStatus(View view, Instant now) {
        this.view = view;
        this.now = now;
        this.tasks = view.tasks().stream()
                .filter(task -> task.state() != TaskState.DROPPED)
                .toList();
    }

    /** @param name of what is shown, for people */
    public Status status(String name, String root) {
        var pace = pace();
        return new Status(
                name,
                root,
                now,
                totals(),
                eta(pace),
                running()
                        .map(task -> new Running(task.id(), task.name(), worker(task), elapsed(task)))
                        .sorted(Comparator.comparing(Running::elapsed).reversed())
                        .toList(),
                pending()
                        .map(task ->
                                new Pending(task.id(), task.name(), task.issue().priority()))
                        .toList(),
                in(TaskState.FAILED)
                        .map(task -> new Failed(task.id(), task.name(), task.reason()))
                        .toList(),
                workers(pace),
                recent());
    }

    /** Whether all that is to be reviewed was, and whether something was found that is severe enough. */
    public Outcome outcome(Severity threshold) {
        boolean isComplete =
                !tasks.isEmpty() && tasks.stream().allMatch(task -> task.state() == TaskState.DONE && isWhole(task));
        long failing = Arrays.stream(Severity.values())
                .filter(severity -> severity.isAtLeast(threshold))
                .mapToLong(this::findings)
                .sum();
        return Outcome.of(isComplete, failing);
    }

    private static boolean isWhole(Task task) {
        return task.isReviewed() && reviewed(task) >= task.lines();
    }

    /** Whether there is nothing to be done at all. */
    public boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Tasks that somebody closed without a review. */
    public long unreviewed() {
        return in(TaskState.DONE).filter(task -> !task.isReviewed()).count();
    }

    /** Findings of a severity in tasks that are done. */
    public long findings(Severity severity) {
        return in(TaskState.DONE)
                .mapToLong(task ->
                        task.issue().metadata("findings").path(severity.word()).asLong())
                .sum();
    }

    /** Lines of all tasks. */
    public long lines() {
        return tasks.stream().mapToLong(Task::lines).sum();
    }

    /** Lines that were reviewed. */
    public long reviewed() {
        return in(TaskState.DONE).mapToLong(LedgerStatus::reviewed).sum();
    }

    /** Lines that were reviewed of a task that is done, as it says. */
    public static long reviewed(Task task) {
        return task.issue().metadata("reviewed").asLong();
    }

    /** Whether nobody will do anything more. */
    public boolean hasEnded() {
        return tasks.stream().noneMatch(task -> task.state() == TaskState.PENDING);
    }

    private Stream<Task> in(TaskState state) {
        return tasks.stream().filter(task -> task.state() == state);
    }

    private boolean isRunning(Task task) {
        var holder = view.holder(task.id());
        return task.state() == TaskState.PENDING && holder != null && isLive(holder);
    }

    private boolean isLive(Holder holder) {
        var note = holder.note();
        return holder.isLive() && now.isBefore(note.leaseUntil().plus(note.ttl()));
    }

    private Stream<Task> running() {
        return tasks.stream().filter(this::isRunning);
    }

    private Stream<Task> pending() {
        return Choice.sorted(in(TaskState.PENDING).filter(task -> !isRunning(task))).stream();
    }

    private Totals totals() {
        int done = (int) in(TaskState.DONE).count();
        int running = (int) running().count();
        int failed = (int) in(TaskState.FAILED).count();
        return new Totals(tasks.size(), done, running, tasks.size() - done - running - failed, failed);
    }

    private String worker(Task task) {
        var holder = view.holder(task.id());
        return holder == null ? "" : holder.note().worker();
    }

    private Duration elapsed(Task task) {
        var holder = view.holder(task.id());
        var since = holder == null ? now : holder.note().since();
        return since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }

    /** Done tasks, the latest last. */
    private List<Task> finished() {
        return in(TaskState.DONE)
                .sorted(Comparator.comparing((Task task) -> task.issue().time("closed_at"))
                        .thenComparing(Task::id))
                .toList();
    }

    private Pace pace() {
        var pace = new Pace();
        for (var task : finished()) {
            double seconds = task.issue().metadata("seconds").asDouble(-1);
            if (seconds >= 0) {
                pace.measured(task.issue().text("assignee"), task.lines(), seconds);
            }
        }
        return pace;
    }

    private TreeSet<String> live() {
        var live = new TreeSet<String>();
        running().forEach(task -> live.add(worker(task)));
        return live;
    }

    private Eta eta(Pace pace) {
        var open = pending().map(Task::lines).toList();
        var claimed = running()
                .map(task -> new Claimed(worker(task), task.lines(), elapsed(task)))
                .toList();
        var live = live().stream().map(worker -> new Live(worker, 1)).toList();
        return new Forecast(pace).eta(open, claimed, live);
    }

    private List<WorkerRate> workers(Pace pace) {
        var done = new TreeMap<String, Integer>();
        in(TaskState.DONE)
                .map(task -> task.issue().text("assignee"))
                .filter(worker -> !worker.isEmpty())
                .forEach(worker -> done.merge(worker, 1, Integer::sum));
        var live = live();
        live.forEach(worker -> done.putIfAbsent(worker, 0));
        boolean hasEnded = hasEnded();
        return done.entrySet().stream()
                .map(each -> new WorkerRate(
                        each.getKey(),
                        hasEnded || live.contains(each.getKey()),
                        each.getValue(),
                        pace.rate(each.getKey())))
                .toList();
    }

    private List<Activity> recent() {
        var finished = finished();
        return finished.subList(Math.max(0, finished.size() - RECENT_MAX), finished.size()).stream()
                .sorted(Comparator.comparing((Task task) -> task.issue().time("closed_at"))
                        .reversed())
                .map(task -> new Activity(
                        task.issue().time("closed_at"),
                        task.issue().text("assignee"),
                        task.name() + ": " + task.issue().text("close_reason")))
                .toList();
    }
}
