package dev.skein.http;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.skein.audit.Deed;
import dev.skein.auth.Algorithm;
import dev.skein.auth.ApiKeys;
import dev.skein.auth.Authenticator;
import dev.skein.auth.Role;
import dev.skein.auth.Tokens;
import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.config.Secret;
import dev.skein.http.guard.Limits;
import dev.skein.kernel.SteadyClock;
import dev.skein.kernel.Trees;
import dev.skein.tls.TlsConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A real edge on a real port over a real bus, with hand-written neighbours behind it. */
public final class EdgeServer implements AutoCloseable {
    public static final String ADMIN = "admin-key";
    public static final String OPERATOR = "operator-key";
    public static final String VIEWER = "viewer-key";
    public static final String JOIN = "join-key";

    public final Vertx vertx = Vertx.vertx(new VertxOptions().setBlockedThreadCheckInterval(200));
    public final Neighbours neighbours = new Neighbours();
    public final AtomicBoolean isRegistered = new AtomicBoolean(true);
    public final Queue<Deed> audit = new ConcurrentLinkedQueue<>();
    public Tokens tokens;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Bus bus = new Bus(vertx, NodeAddress.of("test"));
    private final Path data;
    private Set<String> roles = Set.of("coordinator", "router", "worker", "http");
    private ApiKeys keys = new ApiKeys()
            .add(ADMIN, Role.ADMIN, "admin")
            .add(OPERATOR, Role.OPERATOR, "ops")
            .add(VIEWER, Role.VIEWER, "eyes");
    private @Nullable Secret joinKey;
    private HttpConfig.Limits limits = HttpConfig.Limits.DEFAULTS;
    private Mounts mounts = Mounts.NONE;
    private Limits.@Nullable Rates rates;
    private TlsConfig tls = TlsConfig.OFF;
    private Edge edge;

    public EdgeServer() {
        try {
            data = Files.createTempDirectory("edge");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public EdgeServer roles(String... held) {
        roles = Set.of(held);
        return this;
    }

    public EdgeServer withoutKeys() {
        keys = new ApiKeys();
        return this;
    }

    public EdgeServer joinKey() {
        joinKey = new Secret(JOIN);
        return this;
    }

    public EdgeServer limits(HttpConfig.Limits other) {
        limits = other;
        return this;
    }

    public EdgeServer rates(Limits.Rates other) {
        rates = other;
        return this;
    }

    public EdgeServer tls(TlsConfig other) {
        tls = other;
        return this;
    }

    public EdgeServer mounts(Mounts others) {
        mounts = others;
        return this;
    }

    public EdgeServer open() {
        return open(0);
    }

    public EdgeServer open(int port) {
        var clock = SteadyClock.system();
        tokens = Tokens.open(data, Algorithm.EDDSA, clock);
        bus.register(Neighbours.CONTRACTS);
        bus.register(JobNeighbours.CONTRACTS);
        bus.register(IndexNeighbours.CONTRACTS);
        bus.register(ReviewNeighbours.CONTRACTS);
        neighbours.serve(bus);
        var plain = new HttpConfig("127.0.0.1", port, keys, joinKey, Algorithm.EDDSA, limits);
        var some = rates == null ? plain.rates() : rates;
        var config = new HttpConfig(
                "127.0.0.1", port, keys, joinKey, Algorithm.EDDSA, limits, some, tls, List.of(), List.of());
        tokens.receiving(new OwnNames(config, null, this::port));
        var authenticator = new Authenticator(keys, joinKey == null ? List.of() : List.of(joinKey), tokens);
        var facts = new NodeFacts(
                "worker-0",
                roles,
                false,
                "0.1.0",
                isRegistered::get,
                clock,
                clock,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                audit::add);
        edge = new Edge(bus, config, authenticator, facts, neighbours, mounts);
        await(edge.open(vertx));
        return this;
    }

    public int port() {
        return edge.actualPort();
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e);
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** An answer as the caller sees it. */
    public record Reply(int status, String text, HttpResponse<String> whole) {
        public JsonObject json() {
            return new JsonObject(text);
        }

        public String code() {
            return json().getString("code");
        }

        public String header(String name) {
            return whole.headers().firstValue(name).orElse(null);
        }
    }

    /** A request in the making. */
    public final class Ask {
        private final HttpRequest.Builder request;
        private final String method;
        private @Nullable String body;

        Ask(String method, String path) {
            this.method = method;
            this.request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                    .timeout(Duration.ofSeconds(20));
        }

        public Ask key(@Nullable String key) {
            return key == null ? this : header("x-api-key", key);
        }

        public Ask token(String token) {
            return header("authorization", "Bearer " + token);
        }

        public Ask header(String name, String value) {
            request.header(name, value);
            return this;
        }

        public Ask body(@Nullable String text) {
            body = text;
            return this;
        }

        public Reply send() {
            var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
            try {
                var response = client.send(
                        request.method(method, publisher).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
                return new Reply(response.statusCode(), response.body(), response);
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(method + " failed", e);
            }
        }
    }

    public Ask ask(String method, String path) {
        return new Ask(method, path);
    }

    /** An admin's call below {@code /api/v1/cluster}. */
    public Reply cluster(String method, String path, @Nullable String body) {
        return ask(method, "/api/v1/cluster" + path).key(ADMIN).body(body).send();
    }

    public Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Everything that comes back for these bytes until the server closes or has nothing more to say. */
    public String raw(String text) throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return rest(socket);
        }
    }

    public static String rest(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.net.SocketException reset) {
            return "";
        }
    }

    @Override
    public void close() {
        if (edge != null) {
            edge.close();
        }
        await(vertx.close());
        try {
            Trees.delete(data);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
