package dev.skein.fault.jobs;

import dev.skein.fault.nodes.Api;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Submits jobs one by one, each until it is acknowledged, and remembers under which file each leaves its mark. */
final class JobStream implements AutoCloseable {
    private static final int PAUSE_MILLIS_MAX = 150;
    private static final int WORK_MILLIS_MAX = 900;

    private final Api api;
    private final Path effects;
    private final Random random;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Map<String, Path> acknowledged = new ConcurrentHashMap<>();
    private int number; // of the next job; touched by the thread only
    private volatile boolean isClosed;

    JobStream(Api api, Path effects, long seed) {
        this.api = api;
        this.effects = effects;
        this.random = new Random(seed);
    }

    /** So many more; completes with those that were acknowledged, which are all. */
    CompletableFuture<Map<String, Path>> send(int jobs) {
        return CompletableFuture.supplyAsync(
                () -> {
                    var sent = new LinkedHashMap<String, Path>();
                    for (int i = 0; i < jobs && !isClosed; i++) {
                        var mark = effects.resolve(String.valueOf(number));
                        sent.put(accepted(job(mark)), mark);
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(PAUSE_MILLIS_MAX)));
                    }
                    acknowledged.putAll(sent);
                    return sent;
                },
                thread);
    }

    /** Who is not answered asks again under the same key. */
    private String accepted(String job) {
        while (!isClosed) {
            var answer = api.post(JobDesk.JOBS, job);
            if (answer.status() == 202) {
                return answer.body().path("id").asText();
            }
            if (answer.status() != 0 && answer.status() != 503) {
                throw new AssertionError(answer);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS_MAX));
        }
        throw new IllegalStateException("nobody waits for it any more");
    }

    private String job(Path mark) {
        var key = "\"idempotency_key\": \"%d\"".formatted(number++);
        int work = random.nextInt(WORK_MILLIS_MAX);
        return switch (random.nextInt(4)) {
            case 0 -> JobDesk.noop(key);
            case 1 -> JobDesk.heavy(key + ", \"memory_bytes\": " + (640L << 20), "mark", work + " " + mark);
            default ->
                JobDesk.exec(
                        key + ", \"memory_bytes\": " + (64L << 20),
                        "sleep %s; echo x >> %s".formatted(work / 1000.0, mark));
        };
    }

    /** Every job that was acknowledged. */
    Map<String, Path> acknowledged() {
        return acknowledged;
    }

    @Override
    public void close() {
        isClosed = true;
        thread.shutdownNow();
    }
}
