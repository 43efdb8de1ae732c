package dev.skein.bench.process;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Lanes that each send the next request when the reply to the one before has come. One failure voids the run. */
public final class ClosedLoop {
    private static final Duration LAST_REPLIES = Duration.ofSeconds(30);

    private final IntFunction<Future<?>> request;
    private final long endNanos;
    private final LongAdder replies = new LongAdder();
    private final Histogram latencies = new ConcurrentHistogram(3);
    private final AtomicInteger lanesLeft;
    private final Promise<Void> ended = Promise.promise();

    /** Replies per second within the time, and latencies in nanoseconds. */
    public record Load(double perSecond, Histogram latencies) {
        public double millisAt(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1e6;
        }
    }

    private ClosedLoop(int lanes, Duration length, IntFunction<Future<?>> request) {
        this.request = request;
        this.endNanos = System.nanoTime() + length.toNanos();
        this.lanesLeft = new AtomicInteger(lanes);
    }

    /**
     * Runs for that long and blocks until the last reply is there.
     *
     * @param request sends the lane's next request; lanes count from 0
     */
    public static Load run(int lanes, Duration length, IntFunction<Future<?>> request) throws Exception {
        var loop = new ClosedLoop(lanes, length, request);
        for (int lane = 0; lane < lanes; lane++) {
            loop.next(lane);
        }
        loop.ended.future().await(length.plus(LAST_REPLIES).toSeconds(), TimeUnit.SECONDS);
        return new Load(loop.replies.sum() / (length.toNanos() / 1e9), loop.latencies);
    }

    private void next(int lane) {
        long sent = System.nanoTime();
        request.apply(lane).onFailure(ended::tryFail).onSuccess(reply -> replied(lane, sent));
    }

    private void replied(int lane, long sent) {
        long now = System.nanoTime();
        if (now < endNanos) {
            replies.increment();
            latencies.recordValue(now - sent);
            next(lane);
        } else if (lanesLeft.decrementAndGet() == 0) {
            ended.tryComplete();
        }
    }
}
