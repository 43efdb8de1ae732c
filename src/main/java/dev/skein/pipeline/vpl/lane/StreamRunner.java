package dev.skein.pipeline.vpl.lane;

import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventError;
import dev.skein.pipeline.vpl.sink.Sink;
import dev.skein.pipeline.vpl.value.Fault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the streams of one lane on one event and on all it leads to in this lane, breadth first. What a stream made
 * counts only when the stream comes to its end. Confined to its lane.
 */
final class StreamRunner {
    private static final Logger LOG = LoggerFactory.getLogger(StreamRunner.class);

    private final int lane;
    private final Plan plan;
    private final StreamCode code;
    private final List<Sink> sinks;
    private final Outbox outbox;
    private final LongAdder eventsOut;
    private final LongAdder errorCount;

    private final Deque<Event> events = new ArrayDeque<>();
    private final Deque<Plan.Stop> stops = new ArrayDeque<>();
    private ArrayList<Event> outputs = new ArrayList<>();
    private final ArrayList<EventError> errors = new ArrayList<>();

    /** Which submitted event all this is for. */
    record Work(Batch batch, int origin) {}

    StreamRunner(int lane, LaneGroup group, Outbox outbox) {
        this.lane = lane;
        this.plan = group.plan();
        this.code = group.newCode();
        this.sinks = group.sinks();
        this.outbox = outbox;
        this.eventsOut = group.eventsOut();
        this.errorCount = group.errors();
    }

    void process(Work work, Event event, Plan.Stop stop) {
        run(work, event, stop);
        for (var next = events.poll(); next != null; next = events.poll()) {
            run(work, next, stops.remove());
        }
        if (!outputs.isEmpty() || !errors.isEmpty()) {
            eventsOut.add(outputs.size());
            errorCount.add(errors.size());
            work.batch().add(work.origin(), outputs, errors);
            if (outputs.size() > Batch.COPIED_MAX) {
                outputs = new ArrayList<>();
            } else {
                outputs.clear();
            }
            errors.clear();
        }
    }

    private void run(Work work, Event event, Plan.Stop stop) {
        for (int stream : stop.streams()) {
            try {
                code.process(stream, event);
                commit(work, stream);
            } catch (Fault fault) {
                fail(stream, fault.code(), String.valueOf(fault.getMessage()), fault.line());
            } catch (StackOverflowError e) {
                fail(stream, Fault.DEPTH, "calls nested too deeply for the stack", 0);
            } catch (OutOfMemoryError e) {
                fail(stream, Fault.MEMORY, "not enough memory for what this event leads to", 0);
            } catch (RuntimeException e) {
                LOG.error("stream {} failed", plan.name(stream), e);
                fail(stream, Fault.INTERNAL, "internal error", 0);
            }
            code.forget();
        }
    }

    private void fail(int stream, String errorCode, String message, int line) {
        errors.add(new EventError(errorCode, message, plan.name(stream), line));
        long count = errorCount.sum();
        if (Long.bitCount(count) <= 1) { // the first and then ever rarer, so that a flood does not fill the log
            LOG.warn(
                    "stream {}, line {}: {}: {} ({} errors before)",
                    plan.name(stream),
                    line,
                    errorCode,
                    message,
                    count);
        }
    }

    private void commit(Work work, int stream) {
        var products = code.products();
        if (!products.isEmpty()) {
            hand(work, products, plan.produced(stream));
        }
        var sends = code.sends();
        for (int i = 0; i < sends.size(); i++) {
            if (!sends.get(i).isEmpty()) {
                send(stream, sinks.get(i), sends.get(i));
            }
        }
        if (plan.hasOutputs(stream) && !products.isEmpty()) {
            output(products);
        }
    }

    private void hand(Work work, List<Event> products, List<Plan.Stop> readers) {
        for (var stop : readers) {
            for (var product : products) {
                if (stop.lane() == lane) {
                    events.add(product);
                    stops.add(stop);
                } else {
                    outbox.add(work, product, stop);
                }
            }
        }
    }

    private void output(ArrayList<Event> products) {
        if (outputs.isEmpty() && products.size() > Batch.COPIED_MAX) {
            outputs = code.takeProducts();
        } else {
            outputs.addAll(products);
        }
    }

    private void send(int stream, Sink sink, List<Event> sent) {
        try {
            sink.sendAll(List.copyOf(sent));
        } catch (RuntimeException e) {
            fail(stream, Fault.SINK, "a sink refused: " + e.getMessage(), 0);
        }
    }
}
