package dev.skein.connector.out;

import dev.skein.connector.Around;
import dev.skein.connector.Fence;
import dev.skein.connector.Label;
import dev.skein.connector.letter.DeadLetter;
import dev.skein.connector.out.SendFailure.Blame;
import dev.skein.kernel.Ids;
import dev.skein.pipeline.Workers.ConnectorHealth;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.vpl.sink.FlatJson;
import dev.skein.pipeline.vpl.sink.Sink;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings messages to one target, in order and at least once. {@link #send} and {@link #health} may be called on any
 * thread; everything else is confined to the context that links share.
 */
public final class Courier implements Sink {
    private static final long PAUSED_CHECK_MILLIS = 250;
    private static final long LINGER_MILLIS = 3_000;
    private static final int ID_BYTES = 8;

    private final Label label;
    private final Channel channel;
    private final Fence fence;
    private final Around around;
    private final Outbox outbox;
    private final String idPrefix = Ids.hex(ID_BYTES);
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong dead = new AtomicLong();
    private final Promise<Void> ended = Promise.promise();
    private final List<Promise<Void>> awaited = new ArrayList<>(); // on the context only

    private volatile Breaker breaker = Breaker.CLOSED; // written on the context only, as all below
    private volatile boolean connected;
    private volatile @Nullable String lastError;
    private volatile @Nullable Instant lastDelivered;
    private volatile boolean over;
    private int underWay;
    private int life; // counts how often everything under way was given up
    private boolean opening;
    private boolean closing;
    private long timer = -1;

    /** Begins to connect at once, so that a target that is not there is seen before anything has to go to it. */
    public Courier(Label label, Channel channel, Fence fence, Around around) {
        this.label = label;
        this.channel = channel;
        this.fence = fence;
        this.around = around;
        this.outbox = new Outbox(around.config().buffer());
        channel.onLost(() -> around.context().runOnContext(run -> lost()));
        wake();
    }

    @Override
    public void send(Event event) {
        accept(event);
        wake();
    }

    @Override
    public void sendAll(List<Event> events) {
        events.forEach(this::accept);
        wake();
    }

    private void accept(Event event) {
        var message = new Message(idPrefix + "-" + numbers.getAndIncrement(), FlatJson.text(event));
        if (over || fence.state() == Fence.State.CLOSED) {
            bury(message, "stale_epoch: the pipeline has a newer copy or was stopped");
        } else if (!outbox.offer(message)) {
            bury(message, "the buffer is full; " + because());
        }
    }

    private String because() {
        var error = lastError;
        return error == null ? "the target is too slow" : "last error: " + error;
    }

    private void bury(Message message, String reason) {
        dead.incrementAndGet();
        around.letters()
                .add(new DeadLetter(
                        label.owner(), label.connector(), "out", reason, message.attempts(), message.text()));
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            around.context().runOnContext(run -> pump());
        }
    }

    private void pump() {
        woken.set(false);
        if (over) {
            refuseAll("stopped before it could be delivered");
            return;
        }
        var state = fence.state();
        if (state != Fence.State.OPEN) {
            hold(state);
            return;
        }
        var wait = breaker.wait(around.clock().instant());
        if (!wait.isZero()) {
            later(wait.toMillis() + 1);
        } else if (!channel.isOpen()) {
            open();
        } else {
            sendOn();
        }
    }

    private void hold(Fence.State state) {
        if (state == Fence.State.CLOSED || closing) {
            refuseAll("stale_epoch: the pipeline has a newer copy");
            end();
        } else {
            later(PAUSED_CHECK_MILLIS);
        }
    }

    private void refuseAll(String reason) {
        outbox.drain().forEach(message -> bury(message, reason));
    }

    private void later(long millis) {
        if (timer < 0) {
            timer = around.vertx()
                    .setTimer(
                            millis,
                            fired -> around.context().runOnContext(run -> {
                                timer = -1;
                                pump();
                            }));
        }
    }

    private void open() {
        if (opening) {
            return;
        }
        opening = true;
        bounded(channel.open()).onComplete(opened -> {
            opening = false;
            if (opened.failed()) {
                failed(opened.cause());
            } else {
                connected = breaker.isSound();
            }
            pump();
        });
    }

    private Future<Void> bounded(Future<Void> step) {
        Promise<Void> done = Promise.promise();
        step.timeout(around.config().timeout().toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(result -> around.context().runOnContext(run -> done.handle(result)));
        return done.future();
    }

    private void sendOn() {
        int window = breaker.isSound() ? channel.window() : 1;
        while (underWay < window) {
            var next = outbox.take();
            if (next == null) {
                break;
            }
            underWay++;
            int sentIn = life;
            bounded(channel.send(next)).onComplete(result -> answered(next, sentIn, result));
        }
        if (outbox.size() == 0) {
            tellAwaiting();
            if (closing) {
                end();
            }
        }
    }

    /** Completes when nothing waits any more or is under way; at once when that is so. Callable from any thread. */
    public Future<Void> delivered() {
        Promise<Void> done = Promise.promise();
        around.context().runOnContext(run -> {
            awaited.add(done);
            if (over || outbox.size() == 0) {
                tellAwaiting();
            }
        });
        return done.future();
    }

    private void tellAwaiting() {
        awaited.forEach(Promise::tryComplete);
        awaited.clear();
    }

    private void answered(Message message, int sentIn, AsyncResult<Void> result) {
        underWay -= sentIn == life ? 1 : 0;
        if (result.succeeded()) {
            succeeded(message);
        } else {
            refused(message, sentIn, result.cause());
        }
        pump();
    }

    private void succeeded(Message message) {
        if (outbox.done(message)) {
            delivered.incrementAndGet();
        }
        lastDelivered = around.clock().instant();
        connected = true;
        breaker = Breaker.CLOSED;
    }

    private void refused(Message message, int sentIn, Throwable cause) {
        var blame = SendFailure.blame(cause);
        message.refused(blame);
        boolean isLast = message.attempts() >= around.config().retry().attemptsMax();
        if (blame == Blame.MESSAGE || blame == Blame.ATTEMPT && isLast) {
            if (outbox.done(message)) {
                bury(message, words(cause));
            }
            lastError = words(cause);
        }
        if (blame != Blame.MESSAGE && sentIn == life) {
            failed(cause);
        }
    }

    /** Everything under way is tried again, in its order, after a while. */
    private void failed(Throwable cause) {
        life++;
        underWay = 0;
        outbox.rewind();
        lastError = words(cause);
        connected = false;
        var retry = around.config().retry();
        breaker =
                breaker.failed(around.clock().instant(), retry, around.chance().nextDouble());
        if (SendFailure.blame(cause) == Blame.TARGET || channel.window() > 1) {
            channel.close(); // what it still has under way would come between
        }
    }

    private static String words(Throwable cause) {
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private void lost() {
        if (!over && !opening && connected) {
            failed(new SendFailure(Blame.TARGET, "the connection was lost"));
            pump();
        }
    }

    /** Delivers what waits for a short while more, unless the fence forbids it; the rest become dead letters. */
    @Override
    public void close() {
        around.context().runOnContext(run -> {
            if (!closing) {
                closing = true;
                around.vertx().setTimer(LINGER_MILLIS, fired -> around.context().runOnContext(late -> end()));
                pump();
            }
        });
    }

    /** Completes when it is closed and has let go of its target. */
    public Future<Void> ended() {
        return ended.future();
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        connected = false;
        refuseAll("stopped before it could be delivered; " + because());
        channel.close();
        around.vertx().cancelTimer(timer);
        tellAwaiting();
        ended.complete();
    }

    public ConnectorHealth health() {
        var now = around.clock().instant();
        var last = lastDelivered;
        return new ConnectorHealth(
                label.connector(),
                label.type(),
                connected,
                connected ? null : lastError,
                0,
                last == null ? null : Duration.between(last, now).toSeconds(),
                dead.get(),
                new ConnectorHealth.Sending(delivered.get(), outbox.size(), breaker.circuit(now)));
    }
}
