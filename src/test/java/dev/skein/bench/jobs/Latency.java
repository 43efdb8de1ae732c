package dev.skein.bench.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.bench.report.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How soon a job runs when nothing else does: one is submitted every 20 ms, whatever became of the others, and its
 * handler says when it began. Counted from the moment at which the request should have left, which includes the way
 * there and the commit, and from the moment at which the answer was there.
 */
final class Latency {
    private static final int WARM_UP = Integer.getInteger("skein.jobs.warm-up", 1_000);
    private static final int JOBS = Integer.getInteger("skein.jobs.latency", 750);
    private static final int RUNS = 3;
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int SYNCS = 200;
    private static final double MEDIAN_MAX = 3;
    private static final double SLOW_MAX = 15;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final JobNodes nodes;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest submit;
    private final String token;

    Latency(JobNodes nodes) {
        this.nodes = nodes;
        this.token = nodes.token();
        this.submit = request("/api/v1/jobs")
                .POST(BodyPublishers.ofString("{\"type\": \"" + StampHandler.TYPE + "\"}"))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nodes.port() + path))
                .timeout(DEADLINE)
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + token);
    }

    private record Sent(long scheduled, long answered, String id) {}

    List<Row> measure() throws Exception {
        run(WARM_UP);
        var whole = new Spread("quiet: submitted → handler runs");
        var dispatch = new Spread("quiet: acknowledged → handler runs");
        var acknowledged = new Spread("quiet: submitted → acknowledged");
        var sync = new Spread("fsync of 4 KiB to the same disk");
        for (int i = 0; i < RUNS; i++) {
            for (var sent : run(JOBS)) {
                long began = began(sent.id);
                whole.add(began - sent.scheduled);
                dispatch.add(began - sent.answered);
                acknowledged.add(sent.answered - sent.scheduled);
            }
            syncs(sync);
            List.of(whole, dispatch, acknowledged, sync).forEach(Spread::endRun);
        }
        var rows = new ArrayList<Row>();
        rows.add(dispatch.row(50).atMost(MEDIAN_MAX));
        rows.add(dispatch.row(99).atMost(SLOW_MAX));
        rows.add(whole.row(50).atMost(MEDIAN_MAX));
        rows.add(whole.row(99).atMost(SLOW_MAX));
        rows.addAll(List.of(acknowledged.row(50), acknowledged.row(99), sync.row(50), sync.row(99)));
        return rows;
    }

    /** What the disk takes at the same pace for nothing but the sync. */
    private void syncs(Spread into) throws IOException {
        var file = nodes.store().resolve("sync.tmp");
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SYNCS; i++) {
                LockSupport.parkNanos(INTERVAL_NANOS);
                channel.write(ByteBuffer.allocate(1 << 12));
                long began = System.nanoTime();
                channel.force(false);
                into.add(System.nanoTime() - began);
            }
        }
        Files.delete(file);
    }

    private List<Sent> run(int jobs) throws Exception {
        var sent = new ArrayList<CompletableFuture<Sent>>();
        long first = System.nanoTime();
        for (int i = 0; i < jobs; i++) {
            long scheduled = first + i * INTERVAL_NANOS;
            long wait = scheduled - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            sent.add(client.sendAsync(submit, BodyHandlers.ofString())
                    .thenApply(answer -> sent(scheduled, answer.statusCode(), answer.body())));
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private static Sent sent(long scheduled, int status, String body) {
        long now = System.nanoTime();
        try {
            if (status != 202) {
                throw new IllegalStateException(body);
            }
            return new Sent(scheduled, now, JSON.readTree(body).path("id").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long began(String id) throws Exception {
        var answer =
                client.send(request("/api/v1/jobs/" + id + "?wait=20s").GET().build(), BodyHandlers.ofString());
        var job = JSON.readTree(answer.body());
        if (!job.path("result").isIntegralNumber()) {
            throw new IllegalStateException("a job without a stamp: " + job);
        }
        return job.path("result").asLong();
    }
}
