package dev.skein.bench.process;

import dev.skein.auth.Role;
import dev.skein.auth.Tokens;
import dev.skein.bench.report.Row;
import dev.skein.bench.report.Workload;
import dev.skein.fault.nodes.Api;
import dev.skein.fault.nodes.NodeProcess;
import dev.skein.fault.nodes.Ports;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Single events over HTTP, each answered when its pipeline is done with it, against an empty vertx-web handler with the
 * same token check: 64 connections that each send the next request when the reply has come.
 */
public final class HttpBench implements Workload {
    private static final int RUNS = 5;
    private static final double SHARE_MIN = 0.4;
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(30);
    private static final String BODY = "{\"event_type\": \"In\", \"fields\": {\"sym\": \"ACME\", \"price\": 12.5}}";
    private static final String GROUP = """
            {"name": "bench", "pipelines": [
              {"name": "p", "source": "stream Out = In .where(price >= 10) .emit(sym: sym, twice: price * 2)"}]}""";
    private static final String CONF = """
            {"node": {"id": "bench", "data-dir": "%s"}, "http": {"port": %d, "api-key": "bench"}}""";

    @Override
    public List<Row> measure() throws Exception {
        var folder = Files.createTempDirectory("skein-http");
        var data = folder.resolve("data");
        var ports = Ports.free(2);
        var vertx = Vertx.vertx();
        try (var node = NodeProcess.start(
                        "node", folder, List.of("-Xmx1g"), "-conf", CONF.formatted(data, ports.get(0)));
                var bare = NodeProcess.startClass(
                        BareServer.class, folder, List.of("-Xmx1g"), "" + ports.get(1), data.toString())) {
            var token = Tokens.issue(data, "bench", Role.ADMIN, TOKEN_LIFE).token();
            var path = deployed(new Api(ports.get(0), "bench")) + "/inject";
            var client = vertx.createNetClient(
                    new NetClientOptions().setReconnectAttempts(300).setReconnectInterval(100));
            var product = new HttpSide(node, lanes(client, ports.get(0)), HttpLane.post(path, token, BODY));
            var empty = new HttpSide(bare, lanes(client, ports.get(1)), HttpLane.post("/", token, BODY));
            return compare(product, empty);
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    private static List<Row> compare(HttpSide product, HttpSide empty) throws Exception {
        empty.warmUp();
        product.warmUp();
        for (int run = 0; run < RUNS; run++) {
            empty.measure();
            product.measure();
        }
        var rows = new ArrayList<Row>();
        rows.addAll(empty.rows("empty handler"));
        rows.addAll(product.rows("inject"));
        rows.add(Row.of("inject over empty", product.perSecond().over(empty.perSecond()), "")
                .atLeast(SHARE_MIN));
        return rows;
    }

    private static List<HttpLane> lanes(NetClient client, int port) throws Exception {
        var lanes = new ArrayList<HttpLane>();
        for (int i = 0; i < HttpSide.CONNECTIONS; i++) {
            lanes.add(HttpLane.open(client, port).await(60, TimeUnit.SECONDS));
        }
        return lanes;
    }

    /** The path of a group that runs. */
    private static String deployed(Api api) {
        var groups = Api.CLUSTER + "/pipeline-groups";
        api.getUntil(START, "/ready", answer -> answer.status() == 200);
        var group = api.postUntil(
                START,
                groups,
                GROUP,
                answer -> answer.body().path("status").asText().equals("running"));
        return groups + "/" + group.body().path("id").asText();
    }
}
