package dev.skein.bench.process;

import dev.skein.bench.process.ClosedLoop.Load;
import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.fault.nodes.NodeProcess;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One of the two servers of {@link HttpBench} under load, and what its runs gave. */
final class HttpSide {
    static final int CONNECTIONS = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(12);
    private static final Duration RUN = Duration.ofSeconds(8);

    private final NodeProcess server;
    private final List<HttpLane> lanes;
    private final Buffer request;
    private final List<Double> perSecond = new ArrayList<>();
    private final List<Double> median = new ArrayList<>();
    private final List<Double> slow = new ArrayList<>();
    private final List<Double> processor = new ArrayList<>();

    HttpSide(NodeProcess server, List<HttpLane> lanes, Buffer request) {
        this.server = server;
        this.lanes = lanes;
        this.request = request;
    }

    void warmUp() throws Exception {
        load(WARM_UP);
    }

    void measure() throws Exception {
        var before = server.cpu();
        var load = load(RUN);
        perSecond.add(load.perSecond());
        median.add(load.millisAt(50));
        slow.add(load.millisAt(99));
        processor.add(
                server.cpu().minus(before).toNanos() / 1e3 / load.latencies().getTotalCount());
    }

    private Load load(Duration length) throws Exception {
        return ClosedLoop.run(CONNECTIONS, length, lane -> lanes.get(lane).send(request));
    }

    Samples perSecond() {
        return new Samples(perSecond);
    }

    List<Row> rows(String what) {
        return List.of(
                Row.of(what, perSecond(), "requests/s"),
                Row.of(what + ", p50", new Samples(median), "ms"),
                Row.of(what + ", p99", new Samples(slow), "ms"),
                Row.of(what + ", processor time of the server", new Samples(processor), "µs per request"));
    }
}
