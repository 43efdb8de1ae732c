package dev.skein.worker.hosting;

import dev.skein.connector.in.Intake;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.Outcome;
import dev.skein.pipeline.vpl.Diagnostic;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Programs that do nothing until the test lets them; each event then puts itself out. */
public final class HeldEngine implements Engine {
    /** One batch at work. */
    public record Held(List<Event> events, Consumer<List<Outcome>> done) {
        public void finish() {
            done.accept(events.stream()
                    .map(event -> new Outcome(List.of(event), List.of()))
                    .toList());
        }
    }

    private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();
    public final List<String> closed = new ArrayList<>();
    /** Programs that read from outside, each as often as it began to. */
    public final List<String> reading = new ArrayList<>();
    /** Completes once what a program put out to the world outside is there. */
    public Future<Void> delivered = Future.succeededFuture();

    @Override
    public Started start(String source) {
        if (source.equals("wrong")) {
            var fault = new Diagnostic(Diagnostic.Severity.ERROR, "E001", 1, 1, "wrong", null);
            return new Started(List.of(fault), null);
        }
        return new Started(List.of(), new HeldInstance(source));
    }

    /** The next batch that was given to any program. */
    public Held next() throws InterruptedException {
        var next = held.poll(5, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was submitted");
        }
        return next;
    }

    public boolean isNothingAtWork() {
        return held.isEmpty();
    }

    private final class HeldInstance implements Instance {
        private final String source;
        private final ArrayDeque<Event> seen = new ArrayDeque<>();

        HeldInstance(String source) {
            this.source = source;
        }

        @Override
        public void submitAll(List<Event> events, Consumer<List<Outcome>> done) {
            seen.addAll(events);
            held.add(new Held(events, done));
        }

        @Override
        public Counters counters() {
            return new Counters(seen.size(), seen.size(), 0);
        }

        @Override
        public void feed(Intake intake) {
            reading.add(source);
        }

        @Override
        public Future<Void> delivered() {
            return delivered;
        }

        @Override
        public Future<Void> close() {
            closed.add(source);
            return Future.succeededFuture();
        }
    }
}
