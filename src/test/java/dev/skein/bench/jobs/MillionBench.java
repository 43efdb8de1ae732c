package dev.skein.bench.jobs;

import dev.skein.bench.fleet.FleetBench;
import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.fault.nodes.Api.Answer;
import dev.skein.kernel.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A coordinator in 256 MiB with a million jobs that have ended and a hundred thousand that wait. */
public final class MillionBench implements Workload {
    private static final List<String> FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC");
    private static final String JOBS = "/api/v1/jobs";
    private static final String NOOP = "{\"type\": \"noop\", \"payload\": " + JobLoad.PAYLOAD + "}";
    private static final String LABELLED = "{\"type\": \"noop\", \"labels\": [\"rare\"]}";
    private static final String WAITING =
            "{\"type\": \"noop\", \"payload\": " + JobLoad.PAYLOAD + ", \"capabilities\": [\"nobody-has-it\"]}";
    private static final String FAILING = "{\"type\": \"exec\", \"max_attempts\": 1, \"memory_bytes\": 16777216,"
            + " \"payload\": {\"argv\": [\"/no/such/program\"]}}";
    private static final Duration START = Duration.ofSeconds(60);
    private static final int CALLS = 60;
    private static final double MILLIS_MAX = 50;
    private static final double RESTART_SECONDS_MAX = 10;
    private static final double HEAP_MAX = 256;

    private final Map<String, String> calls = new LinkedHashMap<>();

    public MillionBench() {
        calls.put("stats", JOBS + "/stats");
        calls.put("the newest 100", JOBS + "?limit=100");
        calls.put("the 100 after those that wait", JOBS + "?limit=100&state=succeeded");
        calls.put("those that wait", JOBS + "?limit=100&state=queued");
        calls.put("of one type in a rare state", JOBS + "?limit=100&type=noop&state=failed");
        calls.put("of one worker", JOBS + "?limit=100&worker=worker");
        calls.put("of a submitter who has none", JOBS + "?limit=100&submitter=nobody");
        calls.put("in two states, of which one is that of a million", JOBS + "?limit=100&state=succeeded,queued");
        calls.put("with a rare label", JOBS + "?limit=100&label=rare");
        calls.put("by words of 10,000 errors that none has", JOBS + "?limit=100&error=certainly-not");
    }

    @Override
    public List<Row> measure() throws Exception {
        var folder = Files.createTempDirectory("skein-million");
        try (var nodes = new JobNodes(folder, FLAGS, List.of("-Xmx256m", "-XX:+UseSerialGC"), "")) {
            var finished = ended(nodes, NOOP);
            var failed = ended(nodes, FAILING);
            ended(nodes, LABELLED);
            var queued = id(nodes.api().post(JOBS, WAITING));
            nodes.coordinator().kill();
            double filled = new Filling(nodes.store()).fill(finished, failed, queued);
            System.out.printf("filled in %.1f s, %d MiB%n", filled, size(nodes.store()) >> 20);
            return rows(nodes);
        } finally {
            Trees.delete(folder);
        }
    }

    private static long size(Path store) throws Exception {
        return Files.size(store.resolve("skein.db"));
    }

    private static String id(Answer answer) {
        if (answer.status() != 202) {
            throw new IllegalStateException(answer.toString());
        }
        return answer.body().path("id").asText();
    }

    private static String ended(JobNodes nodes, String spec) {
        var id = id(nodes.api().post(JOBS, spec));
        nodes.api()
                .getUntil(
                        START,
                        JOBS + "/" + id,
                        answer -> List.of("succeeded", "failed")
                                .contains(answer.body().path("state").asText()));
        return id;
    }

    private List<Row> rows(JobNodes nodes) throws Exception {
        var rows = new ArrayList<Row>();
        var restarts = new ArrayList<Double>();
        for (int i = 0; i < 3; i++) {
            restarts.add(nodes.restartCoordinator());
            System.out.printf("restarted in %.1f s%n", restarts.get(i));
        }
        rows.add(Row.of("restart until jobs are answered for", new Samples(restarts), "s")
                .atMost(RESTART_SECONDS_MAX));
        nodes.awaitRunner();
        counted(nodes);
        for (var call : calls.entrySet()) {
            rows.add(call(nodes, call.getKey(), call.getValue()));
        }
        rows.add(submitted(nodes));
        rows.add(Row.of("live heap", Samples.of(FleetBench.liveHeap(nodes.coordinator())), "MiB")
                .atMost(HEAP_MAX));
        rows.add(Row.of("size of the store", Samples.of(size(nodes.store()) >> 20), "MiB"));
        return rows;
    }

    private static void counted(JobNodes nodes) {
        var counts = nodes.api().get(JOBS + "/stats").body().path("counts");
        long ended = counts.path("succeeded").asLong() + counts.path("failed").asLong();
        if (ended < Filling.ENDED || counts.path("queued").asLong() < Filling.QUEUED) {
            throw new IllegalStateException("not all are there: " + counts);
        }
    }

    private static Row call(JobNodes nodes, String what, String path) {
        var millis = new ArrayList<Double>();
        for (int i = 0; i < CALLS; i++) {
            long began = System.nanoTime();
            var answer = nodes.api().get(path);
            double took = (System.nanoTime() - began) / 1e6;
            if (answer.status() != 200) {
                throw new IllegalStateException(path + ": " + answer);
            }
            if (i >= CALLS / 4) {
                millis.add(took);
            }
        }
        System.out.printf("%s: %s ms%n", what, new Samples(millis));
        return Row.of(what, new Samples(millis), "ms").atMost(MILLIS_MAX);
    }

    /** Behind all that waits for somebody else. */
    private static Row submitted(JobNodes nodes) {
        var millis = new ArrayList<Double>();
        for (int i = 0; i < CALLS; i++) {
            long began = System.nanoTime();
            var id = id(nodes.api().post(JOBS, NOOP));
            nodes.api().get(JOBS + "/" + id + "?wait=20s");
            millis.add((System.nanoTime() - began) / 1e6);
        }
        return Row.of("one more, submitted and waited for", new Samples(millis), "ms");
    }
}
