package dev.skein.bench.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * How soon a job runs when nothing else does: one is submitted every 20 ms, whatever became of the others, and its
 * handler says when it began. Counted from the moment at which the request should have left, which includes the way
 * there and the commit.
 */
final class Latency {
    private static final int WARM_UP = Integer.getInteger("skein.jobs.warm-up", 1_000);
    private static final int JOBS = Integer.getInteger("skein.jobs.latency", 750);
    private static final int RUNS = 3;
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
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
        var medians = new ArrayList<Double>();
        var slow = new ArrayList<Double>();
        var worst = new ArrayList<Double>();
        var acknowledged = new ArrayList<Double>();
        for (int i = 0; i < RUNS; i++) {
            var began = new Histogram(3);
            var answered = new Histogram(3);
            for (var sent : run(JOBS)) {
                began.recordValue(Math.max(0, began(sent.id) - sent.scheduled));
                answered.recordValue(sent.answered - sent.scheduled);
            }
            medians.add(began.getValueAtPercentile(50) / 1e6);
            slow.add(began.getValueAtPercentile(99) / 1e6);
            worst.add(began.getMaxValue() / 1e6);
            acknowledged.add(answered.getValueAtPercentile(50) / 1e6);
            System.out.printf("quiet: %.2f / %.2f ms%n", medians.get(i), slow.get(i));
        }
        return List.of(
                Row.of("quiet: submitted → handler runs, p50", new Samples(medians), "ms")
                        .atMost(3),
                Row.of("quiet: submitted → handler runs, p99", new Samples(slow), "ms")
                        .atMost(15),
                Row.of("quiet: submitted → handler runs, worst", new Samples(worst), "ms"),
                Row.of("quiet: submitted → acknowledged, p50", new Samples(acknowledged), "ms"));
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
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
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
