package dev.skein.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A coordinator's HTTP interface with answers laid down by the test. */
public final class FakeCluster implements AutoCloseable {
    public static final String WORKERS = """
            {"workers":[
            {"id":"worker-0","address":"http://localhost:9000","status":"ready",\
            "pipelines_running":1,"max_pipelines":100,"assigned_pipelines":["ingest"],\
            "cpu_cores":8,"events_processed":1500},
            {"id":"worker-1","address":"http://localhost:9001","status":"unhealthy","pipelines_running":0,\
            "max_pipelines":100,"assigned_pipelines":[],"cpu_cores":4,"events_processed":20}],
            "total":2,"pagination":{"total":2,"limit":1000,"offset":0,"has_more":false}}""";
    public static final String GROUP = """
            {"id":"5f1c2a90-0000-4000-8000-000000000001","name":"orders","status":"running","pipeline_count":1,\
            "placements":[{"pipeline_name":"ingest","worker_id":"worker-0","worker_address":"http://localhost:9000",\
            "pipeline_id":"p-1","status":"Running","epoch":1}],"created_at":"2026-01-15T10:00:00.000Z"}""";
    public static final String GROUPS = "{\"pipeline_groups\":[" + GROUP
            + "],\"total\":1,\"pagination\":{\"total\":1,\"limit\":1000,\"offset\":0,\"has_more\":false}}";

    /** One request as it arrived. */
    public record Asked(String method, String path, Map<String, List<String>> headers, String body) {}

    /** What to answer. */
    public record Answer(int status, String body) {}

    public final List<Asked> asked = new CopyOnWriteArrayList<>();

    private final Map<String, Function<Asked, Answer>> answers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    public FakeCluster() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
        on("GET /api/v1/cluster/workers", 200, WORKERS);
        on("GET /api/v1/cluster/pipeline-groups", 200, GROUPS);
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public FakeCluster on(String methodAndPath, int status, String body) {
        return on(methodAndPath, asked -> new Answer(status, body));
    }

    public FakeCluster on(String methodAndPath, Function<Asked, Answer> answer) {
        answers.put(methodAndPath, answer);
        return this;
    }

    /** Runs a command against this cluster. */
    public Run run(String... arguments) {
        return Run.with(Map.of("SKEIN_ENDPOINT", endpoint(), "HOME", "/nonexistent"), "", arguments);
    }

    /** The body of the last request of this method and path. */
    public Asked last(String methodAndPath) {
        var matching = new ArrayList<>(asked);
        matching.removeIf(one -> !(one.method + " " + one.path.replaceFirst("\\?.*", "")).equals(methodAndPath));
        return matching.get(matching.size() - 1);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var uri = exchange.getRequestURI();
        var one = new Asked(exchange.getRequestMethod(), uri.toString(), exchange.getRequestHeaders(), body);
        asked.add(one);
        var answer = answers.getOrDefault(
                        one.method + " " + uri.getRawPath(),
                        missing -> new Answer(
                                404, "{\"error\":\"no such path\",\"code\":\"not_found\",\"request_id\":\"r-1\"}"))
                .apply(one);
        var bytes = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/json");
        exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
