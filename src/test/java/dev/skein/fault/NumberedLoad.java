package dev.skein.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.fault.nodes.Api;
import dev.skein.fault.nodes.Api.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Injects numbered events without a pause, each key from a thread of its own and in order: what was refused is sent
 * again before anything else, and what might have been processed all the same is a finding.
 */
final class NumberedLoad implements AutoCloseable {
    private static final int BATCH = 10;
    private static final long BATCH_NANOS = Duration.ofMillis(100).toNanos();
    private static final Duration STUCK = Duration.ofSeconds(30);

    private final Api api;
    private final String path;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final ConcurrentLinkedQueue<String> findings = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final long[] sent;

    private NumberedLoad(Api api, String group, int keys) {
        this.api = api;
        this.path = group + "/inject-batch";
        this.sent = new long[keys];
    }

    /** A hundred events per second and key. */
    static NumberedLoad start(Api api, String group, int keys) {
        var load = new NumberedLoad(api, group, keys);
        for (int key = 0; key < keys; key++) {
            int mine = key;
            var thread = new Thread(() -> load.run(mine), "load-" + key);
            load.threads.add(thread);
            thread.start();
        }
        return load;
    }

    private void run(int key) {
        long next = System.nanoTime();
        while (!stop.get()) {
            sendAll(key, sent[key] + 1, sent[key] + BATCH);
            sent[key] += BATCH;
            next = Math.max(next + BATCH_NANOS, System.nanoTime() - 10 * BATCH_NANOS); // catches up, but not for ever
            LockSupport.parkNanos(next - System.nanoTime()); // the pace of the load
        }
    }

    /** An event that fails takes the rest of its batch with it, so what was accepted is the beginning. */
    private void sendAll(int key, long from, long to) {
        long giveUp = System.nanoTime() + STUCK.toNanos();
        long next = from;
        while (next <= to && System.nanoTime() < giveUp) {
            long began = System.nanoTime();
            var answer = api.post(path, batch(key, next, to));
            slowestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
            next += accepted(answer);
        }
        if (next <= to) {
            findings.add("key " + key + " was stuck at " + next);
            stop.set(true);
        }
    }

    private long accepted(Answer answer) {
        if (answer.status() != 200) {
            note(answer.status() == 503, "status " + answer.status() + " " + answer.body());
            return 0;
        }
        for (JsonNode error : answer.body().path("errors")) {
            note(!error.asText().contains("may have been processed"), error.asText());
        }
        return answer.body().path("events_sent").asLong();
    }

    private void note(boolean fine, String what) {
        if (!fine) {
            findings.add(what);
        }
    }

    private static String batch(int key, long from, long to) {
        var events = new ArrayList<String>();
        for (long n = from; n <= to; n++) {
            events.add("{\"event_type\": \"Tick\", \"fields\": {\"k\": \"k%d\", \"n\": %d}}".formatted(key, n));
        }
        return "{\"events\": [" + String.join(",", events) + "]}";
    }

    /** The longest any answer took. */
    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    /** What must not be, in words. */
    List<String> findings() {
        return List.copyOf(findings);
    }

    /** How many events of a key were accepted; to be asked after the end. */
    long sent(int key) {
        return sent[key];
    }

    @Override
    public void close() throws InterruptedException {
        stop.set(true);
        for (var thread : threads) {
            thread.join(STUCK.toMillis());
        }
    }
}
