package dev.skein.cli.demo;

import dev.skein.cli.FakeCluster;
import dev.skein.cli.FakeCluster.Answer;
import dev.skein.cli.FakeCluster.Asked;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A coordinator that takes any group and computes any tile. */
final class FakeDemoCluster implements AutoCloseable {
    static final String GROUPS = "/api/v1/cluster/pipeline-groups";

    final FakeCluster http = new FakeCluster();
    private final AtomicInteger failures = new AtomicInteger();
    private final Map<String, String> tiles = new ConcurrentHashMap<>();

    /**
     * Starts it.
     *
     * @param spoil changes the answers to injects
     */
    FakeDemoCluster(UnaryOperator<String> spoil) {
        http.on("GET /ready", 200, "{\"status\":\"ready\"}");
        http.on(
                "GET /api/v1/cluster/workers",
                200,
                "{\"workers\":[{\"id\":\"worker-0\",\"status\":\"ready\"},"
                        + "{\"id\":\"worker-1\",\"status\":\"ready\"}]}");
        http.on("POST " + GROUPS, 201, "{\"id\":\"g-1\",\"placements\":[{\"status\":\"Running\"}]}");
        http.on("DELETE " + GROUPS + "/g-1", 200, "{\"torn_down\":true}");
        http.on(
                "POST " + GROUPS + "/g-1/inject",
                asked -> failures.getAndDecrement() > 0
                        ? new Answer(504, "{\"error\":\"no answer in time\",\"code\":\"worker_timeout\"}")
                        : new Answer(200, spoil.apply(tile(asked))));
    }

    /** Lets the next injects end without an answer in time. */
    void failFirst(int count) {
        failures.set(count);
    }

    private String tile(Asked asked) {
        var type = asked.body().replaceAll(".*(ComputeTile[0-3][0-3]).*", "$1");
        return tiles.computeIfAbsent(type, Tiles::answer);
    }

    @Override
    public void close() {
        http.close();
    }
}
