package dev.skein.connector.in;

import dev.skein.connector.Around;
import dev.skein.connector.Fence;
import dev.skein.connector.Label;
import dev.skein.connector.letter.DeadLetter;
import dev.skein.connector.out.Breaker;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.Workers.ConnectorHealth;
import dev.skein.pipeline.event.Event;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads one source for one pipeline, in order, one batch at a time. {@link #health} may be called on any thread;
 * everything else is confined to the context that links share.
 */
public final class Reader {
    private static final int WAITING_MAX = 4_096;
    private static final int BATCH_MAX = 256;
    private static final long LOOK_MILLIS = 250;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Label label;
    private final String eventType;
    private final Inlet inlet;
    private final Intake intake;
    private final Fence fence;
    private final Around around;
    private final InstantSource wall;
    private final ArrayDeque<Incoming> waiting = new ArrayDeque<>();

    private volatile Breaker breaker = Breaker.CLOSED; // written on the context only, as all below
    private volatile boolean connected;
    private volatile @Nullable String lastError;
    private volatile @Nullable Instant lastReceived;
    private volatile long received;
    private volatile long dead;
    private boolean opening;
    private boolean handing;
    private boolean closed;
    private long timer;

    /**
     * Begins to read.
     *
     * @param fence also holds while the worker is out of touch with its coordinator
     * @param wall the time of day, for messages without one
     */
    public Reader(Label label, String eventType, Ends ends, Fence fence, Around around, InstantSource wall) {
        this.label = label;
        this.eventType = eventType;
        this.inlet = ends.inlet;
        this.intake = ends.intake;
        this.fence = fence;
        this.around = around;
        this.wall = wall;
        inlet.onLost(() -> onContext(this::lost));
        onContext(this::start);
    }

    /** From where to where. */
    public record Ends(Inlet inlet, Intake intake) {}

    private void onContext(Runnable step) {
        around.context().runOnContext(run -> step.run());
    }

    private void start() {
        timer = around.vertx().setPeriodic(0, LOOK_MILLIS, tick -> onContext(this::look));
    }

    private void look() {
        if (closed) {
            return;
        }
        boolean may = fence.state() == Fence.State.OPEN;
        if (!may && inlet.isOpen()) {
            connected = false;
            lastError = "paused: the pipeline is about to move, or its worker out of touch with the coordinator";
            waiting.clear(); // not acknowledged, so they come again to whoever may read
            inlet.close();
        } else if (may && !inlet.isOpen() && !opening) {
            open();
        }
        handOn();
    }

    private void open() {
        if (!breaker.wait(around.clock().instant()).isZero()) {
            return;
        }
        opening = true;
        Promise<Void> opened = Promise.promise();
        inlet.open(message -> onContext(() -> received(message)))
                .timeout(around.config().timeout().toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(opened);
        opened.future()
                .onComplete(done -> onContext(() -> {
                    opening = false;
                    if (done.failed()) {
                        failed(String.valueOf(done.cause().getMessage()));
                    } else {
                        breaker = Breaker.CLOSED;
                        connected = !closed;
                    }
                    if (closed) {
                        inlet.close();
                    }
                }));
    }

    private void failed(String reason) {
        connected = false;
        lastError = reason;
        var chance = around.chance().nextDouble();
        breaker = breaker.failed(around.clock().instant(), around.config().retry(), chance);
        inlet.close();
    }

    private void lost() {
        if (connected && !closed) {
            waiting.clear();
            failed("the connection was lost");
        }
    }

    private void received(Incoming message) {
        if (closed || !inlet.isOpen() && !opening) {
            return;
        }
        received++;
        lastReceived = around.clock().instant();
        if (waiting.size() >= WAITING_MAX) {
            bury(message, "the input buffer is full");
            return;
        }
        waiting.add(message);
        handOn();
    }

    private void bury(Incoming message, String reason) {
        dead++;
        lastError = reason;
        var text = new String(message.payload(), StandardCharsets.UTF_8);
        around.letters().add(new DeadLetter(label.owner(), label.connector(), "in", reason, 1, text));
        message.acknowledge().run();
    }

    private void handOn() {
        while (!handing && !waiting.isEmpty() && fence.state() == Fence.State.OPEN) {
            var batch = new ArrayList<Incoming>();
            var events = new ArrayList<Event>();
            while (batch.size() < BATCH_MAX && !waiting.isEmpty()) {
                read(waiting.remove(), batch, events);
            }
            if (!events.isEmpty()) {
                handing = true;
                hand(batch, events);
            }
        }
    }

    private void read(Incoming message, List<Incoming> batch, List<Event> events) {
        try {
            var now = wall.instant();
            var event = Payloads.read(
                    eventType, now.getEpochSecond() * NANOS_PER_SECOND + now.getNano(), message.payload());
            if (event == null) {
                message.acknowledge().run();
            } else {
                batch.add(message);
                events.add(event);
            }
        } catch (Problem | ArithmeticException unreadable) {
            bury(message, "unreadable: " + unreadable.getMessage());
        }
    }

    private void hand(List<Incoming> batch, List<Event> events) {
        intake.take(events)
                .onComplete(taken -> onContext(() -> {
                    if (taken.succeeded()) {
                        batch.forEach(message -> message.acknowledge().run());
                    } else if (mayComeAgain(taken.cause()) && !closed) {
                        lastError = String.valueOf(taken.cause().getMessage());
                        around.vertx().setTimer(LOOK_MILLIS, again -> onContext(() -> hand(batch, events)));
                        return;
                    } else if (!closed) {
                        batch.forEach(message ->
                                bury(message, String.valueOf(taken.cause().getMessage())));
                    }
                    handing = false;
                    handOn();
                }));
    }

    /** Refused because the pipeline is full or the worker out of touch: nothing happened to the events. */
    private static boolean mayComeAgain(Throwable cause) {
        var problem = Problem.in(cause);
        return problem != null && (problem.kind() == Kind.BUSY || problem.kind() == Kind.CONFLICT);
    }

    /** Stops; what was not handed on is not acknowledged. */
    public void close() {
        onContext(() -> {
            closed = true;
            connected = false;
            waiting.clear();
            around.vertx().cancelTimer(timer);
            if (!opening) {
                inlet.close();
            }
        });
    }

    public ConnectorHealth health() {
        var last = lastReceived;
        return new ConnectorHealth(
                label.connector(),
                label.type(),
                connected,
                lastError,
                received,
                last == null
                        ? null
                        : Duration.between(last, around.clock().instant()).toSeconds(),
                dead,
                null);
    }
}
