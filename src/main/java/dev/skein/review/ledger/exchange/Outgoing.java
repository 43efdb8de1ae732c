package dev.skein.review.ledger.exchange;

import dev.skein.review.ledger.Issue;
import dev.skein.review.ledger.NewTask;
import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.Task.Seen;
import dev.skein.review.ledger.Task.Work;
import dev.skein.review.ledger.TaskState;
import dev.skein.review.ledger.claim.Change;
import dev.skein.review.ledger.claim.View;
import dev.skein.review.ledger.result.Result;
import dev.skein.review.ledger.result.ResultFile;
import dev.skein.review.run.Reviews;
import dev.skein.review.unit.Reviewed;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a ledger takes of a cluster's run. Lines that are there keep all that the run says nothing about. */
public final class Outgoing {
    private static final String NOBODY = "cluster";

    private final View view;
    private final Run run;
    private final Instant now;
    private final Map<Place, Task> there = new HashMap<>();
    private final Map<String, Issue> changed = new TreeMap<>();
    private final Map<String, byte[]> files = new TreeMap<>();
    private final TreeSet<String> made = new TreeSet<>();
    private int completed;
    private int failed;
    private int ranked;

    private record Place(String directory, int part) {}

    private Outgoing(View view, Run run, Instant now) {
        this.view = view;
        this.run = run;
        this.now = now;
        for (var task : view.tasks()) {
            there.merge(new Place(task.directory(), task.part()), task, Outgoing::better);
        }
    }

    /** @param include patterns that its tasks were made with */
    public record Run(String id, List<String> include, List<String> exclude, Instant created) {
        public Run {
            include = List.copyOf(include);
            exclude = List.copyOf(exclude);
        }
    }

    /**
     * A task of the run.
     *
     * @param found asked only of a task that is done, and only when the ledger may lack what it found
     */
    public record Told(Reviews.Task task, Supplier<Found> found) {}

    /** @param hash of its files and what they are called */
    public record Found(String hash, Result result) {}

    /**
     * What is to be written.
     *
     * @param created lines that were not there
     * @param completed tasks that are done now and were not
     * @param ranked tasks that are as urgent now as in the run
     */
    public record Made(Change change, int created, int completed, int failed, int ranked) {
        public boolean isChange() {
            return !change.issues().isEmpty();
        }
    }

    /** The same told twice makes no second change. */
    public static Made of(View view, Run run, List<Told> tasks, Instant now) {
        var outgoing = new Outgoing(view, run, now);
        tasks.forEach(outgoing::take);
        var change =
                new Change(List.copyOf(outgoing.changed.values()), outgoing.files, "Take over the review " + run.id);
        return new Made(change, outgoing.made.size(), outgoing.completed, outgoing.failed, outgoing.ranked);
    }

    /** Of two of one place that which somebody needs, and of these the one that is done. */
    private static Task better(Task one, Task other) {
        var ranks = List.of(TaskState.DROPPED, TaskState.FAILED, TaskState.PENDING, TaskState.HELD, TaskState.DONE);
        int by = ranks.indexOf(one.state()) - ranks.indexOf(other.state());
        return by > 0 || by == 0 && one.id().compareTo(other.id()) < 0 ? one : other;
    }

    private void take(Told told) {
        var known = there.get(new Place(told.task.directory(), told.task.part()));
        var task = known == null ? created(told.task) : known;
        switch (told.task.state()) {
            case DONE -> done(task, told.task, told.found);
            case FAILED -> failed(task, told.task);
            case PENDING, RUNNING -> open(task, told.task);
        }
    }

    private Task created(Reviews.Task told) {
        var line = new NewTask(
                told.id(),
                told.directory(),
                told.part(),
                told.parts(),
                told.priority(),
                told.files(),
                told.lines(),
                "",
                run.include,
                run.exclude);
        var issue = line.issue(id -> view.ledger().issue(id) != null || changed.containsKey(id), run.created);
        put(issue);
        made.add(issue.id());
        return task(issue);
    }

    private static Task task(Issue issue) {
        return Task.of(issue).orElseThrow();
    }

    private void put(Issue issue) {
        changed.put(issue.id(), issue);
    }

    private void done(Task task, Reviews.Task told, Supplier<Found> asked) {
        var work = work(task, told);
        switch (task.state()) {
            case PENDING -> done(task, work, asked.get());
            case FAILED -> done(task(task.reopened(work.until())), work, asked.get());
            case DONE -> doneAgain(task, work, asked);
            case HELD, DROPPED -> {} // whoever holds or dropped it knows more
        }
    }

    private void doneAgain(Task task, Work work, Supplier<Found> asked) {
        if (work.until().isAfter(task.issue().time("closed_at"))) {
            var found = asked.get();
            if (!task.hash().equals(found.hash)) {
                done(task(task.reopened(work.until())), work, found);
            }
        }
    }

    private void done(Task open, Work work, Found found) {
        var result = found.result.under(work.token());
        var path = ResultFile.path(open.id());
        var counts = Reviewed.counts(result.findings());
        put(open.completed(work, new Seen(result.lines(), result.reviewed(), found.hash, counts, path)));
        files.put(path, ResultFile.of(open, result));
        completed++;
    }

    private void failed(Task task, Reviews.Task told) {
        if (task.state() == TaskState.PENDING) {
            var work = work(task, told);
            var reason = told.reason() == null ? "no reason was given" : told.reason();
            put(task.missed(work, reason, work.attempt()));
            failed++;
        }
    }

    private void open(Task task, Reviews.Task told) {
        boolean isRunning = told.state() == Reviews.TaskState.RUNNING;
        int attempts = Math.max(0, told.attempt() - (isRunning ? 1 : 0));
        if (made.contains(task.id()) && attempts > 0) {
            put(task.issue().edit().metadata("attempts", attempts).done(run.created));
        } else if (task.state() == TaskState.PENDING && task.priority() != told.priority()) {
            put(task.issue().edit().priority(told.priority()).done(now));
            ranked++;
        }
    }

    /** Under a token that no claim before had. */
    private Work work(Task task, Reviews.Task told) {
        var holder = view.holder(task.id());
        long token = Math.max(task.token(), holder == null ? 0 : holder.note().token()) + 1;
        var until = time(told.finishedMillis(), run.created);
        var worker = told.worker() == null || told.worker().isEmpty() ? NOBODY : told.worker();
        return new Work(worker, token, Math.max(1, told.attempt()), time(told.startedMillis(), until), until);
    }

    private static Instant time(@Nullable Long millis, Instant otherwise) {
        return millis == null ? otherwise : Instant.ofEpochMilli(millis);
    }
}
