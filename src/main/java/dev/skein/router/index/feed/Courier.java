package dev.skein.router.index.feed;

import dev.skein.bus.Bus;
import dev.skein.bus.Endpoint;
import dev.skein.bus.NodeAddress;
import dev.skein.index.feed.Feeds;
import dev.skein.index.feed.Feeds.Frame;
import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.feed.Feeds.Part;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings contents to the owner of one shard, several frames at once as far as its credit goes. Blocks, and is used by
 * one thread.
 */
final class Courier {
    static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int PART_BYTES = 128; // of a part's name and numbers, roughly

    private final Bus bus;
    private final NodeAddress owner;
    private final Ref shard;
    private final List<Part> parts = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final int credit;
    private final Semaphore credits; // in bytes
    private int bytes; // of the parts
    private long revision; // from before the parts were looked up

    Courier(Bus bus, NodeAddress owner, Ref shard, int credit) {
        this.bus = bus;
        this.owner = owner;
        this.shard = shard;
        this.credit = Math.max(credit, Feeds.FRAME_BYTES);
        this.credits = new Semaphore(this.credit);
    }

    /** Asks and waits; fails with a {@link Problem}. */
    static <Q extends Record, R extends Record> R ask(Bus bus, NodeAddress node, Endpoint<Q, R> endpoint, Q question) {
        return await(bus.askAt(node, endpoint, question, DEADLINE));
    }

    private static <R> R await(Future<R> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(DEADLINE.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw problem(e);
        } catch (TimeoutException e) {
            throw Problem.timeout("no answer from the owner of a shard");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.busy("the router stops");
        }
    }

    private static RuntimeException problem(Throwable cause) {
        var problem = Problem.in(cause);
        return problem != null ? problem : new IllegalStateException(cause);
    }

    /**
     * Sends a file's content, or keeps it until there is enough for a frame.
     *
     * @param from the revision from before it was looked up
     */
    void send(Item item, byte[] content, long from) {
        int offset = 0;
        boolean isBegun = false; // an empty file is sent too
        while (!isBegun || offset < content.length) {
            if (bytes + PART_BYTES >= Feeds.FRAME_BYTES || revision != from) {
                flush();
            }
            int length = Math.min(Feeds.FRAME_BYTES - bytes - PART_BYTES, content.length - offset);
            revision = from;
            parts.add(new Part(item, offset, Arrays.copyOfRange(content, offset, offset + length)));
            bytes += length + PART_BYTES;
            offset += length;
            isBegun = true;
        }
    }

    /** Sends what is left and waits until everything has arrived. */
    void finish() {
        flush();
        acquire(credit);
        credits.release(credit);
        check();
    }

    private void flush() {
        if (parts.isEmpty()) {
            return;
        }
        var frame = new Frame(shard, bus.here().toString(), revision, parts);
        int weight = Math.min(bytes, credit);
        parts.clear();
        bytes = 0;
        acquire(weight);
        check();
        bus.askAt(owner, Feeds.FRAME, frame, DEADLINE).onComplete(done -> {
            if (done.failed()) {
                failure.compareAndSet(null, done.cause());
            }
            credits.release(weight);
        });
    }

    private void acquire(int weight) {
        try {
            if (!credits.tryAcquire(weight, DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Problem.timeout("the owner of a shard takes nothing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.busy("the router stops");
        }
    }

    private void check() {
        var failed = failure.get();
        if (failed != null) {
            throw problem(failed);
        }
    }
}
