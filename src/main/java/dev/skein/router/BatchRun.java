package dev.skein.router;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.Events.BatchInjected;
import dev.skein.pipeline.Events.Refused;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.Routing.Target;
import dev.skein.pipeline.event.Event;
import dev.skein.router.lane.Lane;
import dev.skein.router.lane.Parcel;
import dev.skein.router.lane.Receiver;
import dev.skein.router.table.Replica;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One batch on its way: in order per placement, placements side by side. Confined to the router's event loop. */
final class BatchRun implements Receiver {
    private static final long NANOS_PER_MICRO = 1_000;

    private final List<Event> events;
    private final Instant started;
    private final @Nullable Result[] results;
    private final @Nullable Problem[] problems;
    private final Part[] partOf;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Promise<Void> finished = Promise.promise();
    private int open;

    BatchRun(List<Event> events, Instant started) {
        this.events = events;
        this.started = started;
        this.results = new Result[events.size()];
        this.problems = new Problem[events.size()];
        this.partOf = new Part[events.size()];
        this.open = events.size();
    }

    /** Says where an event goes; to be called for each, in order. */
    void address(int index, Target target) {
        var part = parts.computeIfAbsent(target.placement(), placement -> new Part(target));
        part.indexes.add(index);
        partOf[index] = part;
    }

    Future<Void> start(Function<String, Lane> lanes) {
        if (events.isEmpty()) {
            finished.complete();
        }
        parts.forEach((placement, part) -> lanes.apply(placement).feed(part));
        return finished.future();
    }

    /** The events for one placement; when that takes no more, those left over fail at once. */
    private final class Part implements Lane.Feed {
        private final List<Integer> indexes = new ArrayList<>();
        private int next;
        private @Nullable Problem refused;

        Part(Target target) {
            this.refused = Replica.isUp(target) ? null : Injector.notRunning(target.placement());
        }

        @Override
        public boolean pour(Lane lane) {
            while (next < indexes.size()) {
                int index = indexes.get(next);
                if (refused != null) {
                    failed(index, refused);
                } else if (!lane.offer(new Parcel(events.get(index), Parcel.Manner.PLAIN, BatchRun.this, index))) {
                    return false;
                }
                next++;
            }
            return true;
        }
    }

    @Override
    public void done(int index, Result result) {
        results[index] = result;
        settled();
    }

    @Override
    public void failed(int index, Problem problem) {
        problems[index] = problem;
        if (problem.kind() != Kind.TIMEOUT) {
            partOf[index].refused = problem;
        }
        settled();
    }

    @Override
    public boolean waitsWhileMoving() {
        return true;
    }

    private void settled() {
        open--;
        if (open == 0) {
            finished.complete();
        }
    }

    /** All outputs in the order of the events; an event with an error counts as failed, whatever else it led to. */
    BatchInjected answer(Instant now) {
        var outputs = new ArrayList<Event>();
        var errors = new ArrayList<Refused>();
        int sent = 0;
        for (int i = 0; i < results.length; i++) {
            var result = results[i];
            if (result == null) {
                var problem = problems[i];
                errors.add(new Refused(i, problem == null ? "no answer" : problem.sentence()));
                continue;
            }
            outputs.addAll(result.outputs());
            int index = i;
            result.errors().forEach(error -> errors.add(new Refused(index, error.code() + ": " + error.message())));
            sent += result.errors().isEmpty() ? 1 : 0;
        }
        long micros = Duration.between(started, now).toNanos() / NANOS_PER_MICRO;
        return new BatchInjected(sent, results.length - sent, outputs, errors, micros);
    }
}
