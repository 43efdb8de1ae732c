package dev.skein.bench.fleet;

import dev.skein.bus.Bus;
import dev.skein.pipeline.Groups.Placement;
import dev.skein.pipeline.Workers;
import dev.skein.pipeline.Workers.Capacity;
import dev.skein.pipeline.Workers.Heartbeat;
import dev.skein.pipeline.Workers.Memory;
import dev.skein.pipeline.Workers.PipelineMetrics;
import dev.skein.pipeline.Workers.Pressure;
import dev.skein.pipeline.Workers.Register;
import dev.skein.pipeline.Workers.Running;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Workers that only say that they live and what they run, evenly over time. */
final class Fleet {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int SLICE_MILLIS = 10;
    private static final int ROOM = 20;
    private static final Memory MEMORY = new Memory(100 << 20, 10 << 20, 128 << 20);

    private final Bus bus;
    private final Vertx vertx;
    private final List<List<Running>> running = new ArrayList<>();
    private final LongAdder failures = new LongAdder();
    private volatile Histogram latencies = new ConcurrentHistogram(3);
    private volatile boolean knowsAll; // until then they do not say what they run
    private int next;
    private long beats;

    Fleet(Bus bus, Vertx vertx, int workers) {
        this.bus = bus;
        this.vertx = vertx;
        for (int i = 0; i < workers; i++) {
            running.add(new ArrayList<>());
        }
    }

    private static String id(int worker) {
        return "worker-" + worker;
    }

    Future<?> register(int worker) {
        var request = new Register(
                id(worker),
                "http://10.0.0.1:9000",
                "key",
                id(worker) + "/1",
                new Capacity(4, 0, ROOM),
                List.of(),
                id(worker) + "@1",
                List.of("worker"),
                true);
        return bus.ask(Workers.REGISTER, request, DEADLINE.multipliedBy(4));
    }

    /** Keeps what the coordinator said about a placement. */
    void runs(String groupId, Placement placement) {
        int worker = Integer.parseInt(placement.workerId().substring("worker-".length()));
        var copy = new Running(placement.pipelineId(), groupId, placement.pipelineName(), placement.epoch());
        synchronized (running) {
            running.get(worker).add(copy);
        }
    }

    void knowsAll() {
        knowsAll = true;
    }

    /** Sends heartbeats until the timer that is returned is cancelled. */
    long beat(Duration interval) {
        int perSlice = (int) (running.size() * SLICE_MILLIS / interval.toMillis());
        return vertx.setPeriodic(SLICE_MILLIS, timer -> {
            for (int i = 0; i < perSlice; i++) {
                send(next++ % running.size());
            }
        });
    }

    private void send(int worker) {
        long sent = System.nanoTime();
        var into = latencies;
        bus.ask(Workers.HEARTBEAT, heartbeat(worker), DEADLINE)
                .onSuccess(ack -> into.recordValue(System.nanoTime() - sent))
                .onFailure(cause -> failures.increment());
    }

    private Heartbeat heartbeat(int worker) {
        var copies = running.get(worker);
        long events = beats++;
        var metrics = !knowsAll
                ? List.<PipelineMetrics>of()
                : copies.stream()
                        .map(copy -> new PipelineMetrics(
                                copy.pipelineName(), copy.groupId(), events, events, 0, Pressure.OK, List.of()))
                        .toList();
        return new Heartbeat(
                id(worker),
                id(worker) + "/1",
                events,
                copies.size(),
                metrics,
                knowsAll ? copies : null,
                MEMORY,
                0.1,
                null,
                true);
    }

    /** How long heartbeats took since this was asked last, in nanoseconds. */
    Histogram latencies() {
        var taken = latencies;
        latencies = new ConcurrentHistogram(3);
        return taken;
    }

    long failures() {
        return failures.sum();
    }
}
