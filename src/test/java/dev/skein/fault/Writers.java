package dev.skein.fault;

import dev.skein.fault.nodes.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;

/** Registers new workers at a steady rate through several nodes and remembers every answer. */
final class Writers implements AutoCloseable {
    private static final int THREADS = 256; // writes wait for seconds while nobody leads
    private static final String BODY = "{\"worker_id\": \"%s\", \"address\": \"http://127.0.0.1:1\","
            + " \"api_key\": \"k\", \"capacity\": {\"cpu_cores\": 1, \"pipelines_running\": 0, \"max_pipelines\": 0}}";

    private final List<Api> nodes;
    private final AtomicInteger sent = new AtomicInteger();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Instant> acknowledgedAt = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();
    private final LongAccumulator slowestRefusal = new LongAccumulator(Math::max, 0);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService callers = Executors.newFixedThreadPool(THREADS);

    /** Begins at once. */
    Writers(int perSecond, List<Api> nodes) {
        this.nodes = nodes;
        clock.scheduleAtFixedRate(
                () -> callers.execute(this::write), 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
    }

    private void write() {
        int number = sent.getAndIncrement();
        var id = "written-" + number;
        var begun = Instant.now();
        var answer = nodes.get(number % nodes.size()).post(Api.CLUSTER + "/workers/register", BODY.formatted(id));
        if (answer.status() == 201) {
            acknowledged.add(id);
            acknowledgedAt.add(Instant.now());
        } else {
            var how = answer.status() + " " + answer.body().path("code").asText()
                    + (answer.retryAfter().isEmpty() ? " without Retry-After" : "");
            refused.merge(how, 1, Integer::sum);
            slowestRefusal.accumulate(Duration.between(begun, Instant.now()).toMillis());
        }
    }

    Set<String> acknowledged() {
        return acknowledged;
    }

    /** How often what was refused, in words. */
    Map<String, Integer> refused() {
        return refused;
    }

    /** The longest that anybody waited to be refused. */
    Duration slowestRefusal() {
        return Duration.ofMillis(slowestRefusal.get());
    }

    /** When the first write after that time was acknowledged, or the end of time. */
    Instant firstAfter(Instant time) {
        return acknowledgedAt.stream()
                .filter(time::isBefore)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /** Sends no more and waits for what is under way. */
    void stop(Duration longest) throws InterruptedException {
        clock.shutdownNow();
        clock.awaitTermination(1, TimeUnit.SECONDS);
        callers.shutdown();
        callers.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        callers.shutdownNow();
    }
}
