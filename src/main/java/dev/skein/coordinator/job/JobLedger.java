package dev.skein.coordinator.job;

import dev.skein.coordinator.job.JobChange.Ending;
import dev.skein.coordinator.job.JobJournal.Cycle;
import dev.skein.coordinator.job.JobJournal.Entry;
import dev.skein.job.life.Live;
import dev.skein.job.queue.Book;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a change of jobs becomes a fact: made in the book at once, committed with all that waits, and only then told.
 * While one commit is under way, later changes gather and become the next. When one fails, every job that was changed
 * since is again as it was.
 */
public final class JobLedger {
    /** Hears of every commit, before those who asked for it do. */
    @FunctionalInterface
    public interface Listener {
        void committed(JobChange change);

        /** It was not committed and never will be. */
        default void undone(JobChange change) {}
    }

    private final JobJournal journal;
    private final Book book;
    private final InstantSource clock;
    private final Map<String, Cycle> cycles = new LinkedHashMap<>(); // by id, as committed
    private final List<Listener> listeners = new ArrayList<>();
    private Batch next = new Batch();
    private @Nullable Batch writing;
    private long failedAt;

    public JobLedger(JobJournal journal, Book book, List<Cycle> cycles, InstantSource clock) {
        this.journal = journal;
        this.book = book;
        this.clock = clock;
        cycles.forEach(cycle -> this.cycles.put(cycle.id(), cycle));
    }

    public Book book() {
        return book;
    }

    public Map<String, Cycle> cycles() {
        return cycles;
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    public long now() {
        return clock.millis();
    }

    /** Whether the last commit failed less than so many milliseconds ago. */
    boolean failedWithin(long millis) {
        return failedAt != 0 && now() - failedAt < millis;
    }

    /**
     * Changes jobs now and commits that with whatever else waits.
     *
     * @param step refuses by throwing a {@link Problem}, before it has changed anything
     * @return the step's result after the commit
     */
    public <T> Future<T> step(Supplier<T> step) {
        try {
            var result = step.get();
            Promise<T> promise = Promise.promise();
            next.promises.add(promise);
            next.completions.add(() -> promise.complete(result));
            flush();
            return promise.future();
        } catch (Problem refused) {
            return Future.failedFuture(refused);
        }
    }

    /** To be called within a step. */
    public void put(JobChange change) {
        long id = change.live().id();
        var before = book.put(change.live(), now());
        next.before.putIfAbsent(id, Optional.ofNullable(before));
        next.changes.merge(id, change, JobChange::then);
    }

    /** To be called within a step. */
    public void put(Live live) {
        put(new JobChange(live, null, List.of(), false));
    }

    /** To be called within a step. */
    public void end(Live live, Ending ending) {
        put(new JobChange(live, null, List.of(ending), false));
    }

    /** A schedule as the last step left it, committed or not. */
    public @Nullable Cycle cycle(String id) {
        var latest = next.cycles.get(id);
        if (latest == null && writing != null) {
            latest = writing.cycles.get(id);
        }
        return latest == null ? cycles.get(id) : latest.orElse(null);
    }

    /** To be called within a step. */
    public void put(Cycle cycle) {
        next.cycles.put(cycle.id(), Optional.of(cycle));
    }

    /** To be called within a step. */
    public void drop(String cycle) {
        next.cycles.put(cycle, Optional.empty());
    }

    /** To be called within a step: what to do once it is committed. */
    public void afterwards(Runnable effect) {
        next.completions.add(effect);
    }

    private void flush() {
        if (writing == null && !next.promises.isEmpty()) {
            var batch = next;
            next = new Batch();
            if (batch.isIdle()) {
                batch.completions.forEach(Runnable::run);
                return;
            }
            writing = batch;
            journal.write(batch.entry()).onSuccess(done -> committed(batch)).onFailure(cause -> failed(batch, cause));
        }
    }

    private void committed(Batch batch) {
        writing = null;
        failedAt = 0;
        batch.cycles.forEach(this::keep);
        for (var change : batch.changes.values()) {
            forgetEnded(change.live());
            listeners.forEach(listener -> listener.committed(change));
        }
        batch.completions.forEach(Runnable::run);
        flush();
    }

    private void keep(String id, Optional<Cycle> cycle) {
        if (cycle.isPresent()) {
            cycles.put(id, cycle.get());
        } else {
            cycles.remove(id);
        }
    }

    /** Unless it was begun anew meanwhile. */
    private void forgetEnded(Live live) {
        if (live.state().isTerminal() && book.get(live.id()) == live) {
            book.remove(live.id());
        }
    }

    private void failed(Batch batch, Throwable cause) {
        var onTop = next;
        next = new Batch();
        writing = null;
        failedAt = now();
        var before = new HashMap<>(onTop.before);
        before.putAll(batch.before);
        before.forEach(this::restore);
        undone(batch);
        undone(onTop);
        batch.promises.forEach(promise -> promise.fail(cause));
        onTop.promises.forEach(promise -> promise.fail(cause));
        flush();
    }

    private void undone(Batch batch) {
        batch.changes.values().forEach(change -> listeners.forEach(listener -> listener.undone(change)));
    }

    private void restore(long id, Optional<Live> before) {
        if (before.isPresent() && !before.get().state().isTerminal()) {
            book.put(before.get(), now());
        } else {
            book.remove(id);
        }
    }

    /** Steps that share a commit. */
    private static final class Batch {
        private final Map<Long, JobChange> changes = new LinkedHashMap<>();
        private final Map<Long, Optional<Live>> before = new HashMap<>();
        private final Map<String, Optional<Cycle>> cycles = new LinkedHashMap<>();
        private final List<Runnable> completions = new ArrayList<>();
        private final List<Promise<?>> promises = new ArrayList<>();

        boolean isIdle() {
            return changes.isEmpty() && cycles.isEmpty();
        }

        Entry entry() {
            var kept = cycles.values().stream().flatMap(Optional::stream).toList();
            var dropped = cycles.entrySet().stream()
                    .filter(entry -> entry.getValue().isEmpty())
                    .map(Map.Entry::getKey)
                    .toList();
            return new Entry(List.copyOf(changes.values()), kept, dropped);
        }
    }
}
