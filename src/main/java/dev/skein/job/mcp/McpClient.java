package dev.skein.job.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client's side of one connection. Every method is called on the context that {@link #open} was called on, and
 * futures complete there.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25">the protocol</a>
 */
public final class McpClient {
    /** Who is there. */
    public record Server(String name, String version, String protocol) {}

    static final String OFFERED = "2025-11-25";
    private static final Set<String> ACCEPTED = Set.of("2024-11-05", "2025-03-26", "2025-06-18", OFFERED);
    private static final int PAGES_MAX = 100;
    private static final Logger LOG = LoggerFactory.getLogger(McpClient.class);

    private final McpTransport transport;
    private final McpLimits limits;
    private final InstantSource clock;
    private final Requests requests;
    private final Map<Long, Instant> cancelled = new HashMap<>(); // unanswered, with the instant of the cancellation
    private final Promise<Problem> end = Promise.promise();
    private long lastId;
    private @Nullable Future<Server> handshake; // under way or done
    private @Nullable Future<List<McpTool>> tools; // under way or done, null when the list has changed

    public McpClient(Vertx vertx, McpTransport transport, McpLimits limits, InstantSource clock) {
        this.transport = transport;
        this.limits = limits;
        this.clock = clock;
        requests = new Requests(vertx, this::giveUp);
    }

    /** Connects and shakes hands; when that fails the connection is closed again. */
    public Future<Server> open() {
        var opened = transport.open(new McpTransport.Listener() {
            @Override
            public void received(JsonNode message) {
                McpClient.this.received(message);
            }

            @Override
            public void closed(Problem why) {
                McpClient.this.closed(why);
            }
        });
        return opened.compose(done -> shakeHands())
                .recover(failure -> close().transform(closed -> Future.failedFuture(failure)));
    }

    /** Completes when the connection is gone, with the reason. */
    public Future<Problem> end() {
        return end.future();
    }

    /** Whether another call may be sent: connected, and every cancelled call answered or still within its grace. */
    public boolean isClean() {
        var oldest = clock.instant().minus(limits.cancelGrace());
        return !end.future().isComplete() && cancelled.values().stream().noneMatch(since -> since.isBefore(oldest));
    }

    /** All tools of the server, asked for once until it says that they have changed. */
    public Future<List<McpTool>> tools() {
        if (tools == null || tools.failed()) {
            tools = page(null, new ArrayList<>(), 0);
        }
        return tools;
    }

    /** Calls one tool. */
    public McpRunning call(McpCall call) {
        long id = ++lastId;
        var params = JsonRpc.object().put("name", call.tool());
        params.set("arguments", call.arguments());
        params.putObject("_meta").put("progressToken", id);
        var wait = new Requests.Limits(call.idle(), call.total(), call.progress());
        var result = request(JsonRpc.request(id, "tools/call", params), wait).map(McpResult::of);
        return new McpRunning(result, reason -> cancel(id, reason));
    }

    public Future<Void> ping() {
        return request("ping", JsonRpc.object()).mapEmpty();
    }

    public Future<Void> close() {
        closed(McpFailure.gone("the connection was closed", List.of()));
        return transport.close();
    }

    private Future<Server> shakeHands() {
        var params = JsonRpc.object().put("protocolVersion", OFFERED);
        params.putObject("capabilities");
        params.putObject("clientInfo").put("name", "skein").put("version", "1");
        handshake = send(JsonRpc.request(++lastId, "initialize", params), Requests.Limits.of(limits.handshake()))
                .compose(this::agree);
        return handshake;
    }

    private Future<Server> agree(JsonNode answer) {
        var version = answer.path("protocolVersion").asText("");
        if (!ACCEPTED.contains(version)) {
            return Future.failedFuture(McpFailure.protocol("the server speaks version '%s'; known are %s"
                    .formatted(
                            version,
                            String.join(", ", ACCEPTED.stream().sorted().toList()))));
        }
        transport.agreed(version);
        var info = answer.path("serverInfo");
        var server =
                new Server(info.path("name").asText(""), info.path("version").asText(""), version);
        return transport
                .send(JsonRpc.notification("notifications/initialized", JsonRpc.object()))
                .map(server);
    }

    private Future<List<McpTool>> page(@Nullable String cursor, List<McpTool> found, int pages) {
        if (pages == PAGES_MAX) {
            return Future.failedFuture(McpFailure.protocol("the list of tools has more than " + PAGES_MAX + " pages"));
        }
        var params = cursor == null ? JsonRpc.object() : JsonRpc.object().put("cursor", cursor);
        return request("tools/list", params).compose(answer -> {
            answer.path("tools").forEach(tool -> found.add(McpTool.of(tool)));
            var next = answer.path("nextCursor");
            return next.isTextual()
                    ? page(next.asText(), found, pages + 1)
                    : Future.succeededFuture(List.copyOf(found));
        });
    }

    private Future<JsonNode> request(String method, ObjectNode params) {
        return request(JsonRpc.request(++lastId, method, params), Requests.Limits.of(limits.handshake()));
    }

    /** Sends a request after the handshake, and again after another one when the server has forgotten the session. */
    private Future<JsonNode> request(ObjectNode message, Requests.Limits wait) {
        var shaken = handshake;
        if (shaken == null) {
            return Future.failedFuture(new IllegalStateException("open the connection first"));
        }
        if (!shaken.succeeded()) {
            return shaken.compose(done -> send(message, wait));
        }
        return send(message, wait)
                .recover(failure -> isSessionLost(failure)
                        ? renewed(shaken).compose(done -> send(message, wait))
                        : Future.failedFuture(failure));
    }

    private Future<Server> renewed(Future<Server> lost) {
        if (handshake == lost) { // the first of the requests that found out
            transport.forgetSession();
            tools = null;
            return shakeHands();
        }
        return handshake == null ? lost : handshake;
    }

    private static boolean isSessionLost(Throwable failure) {
        var problem = Problem.in(failure);
        return problem != null && problem.code().equals(McpFailure.SESSION_LOST);
    }

    private Future<JsonNode> send(ObjectNode message, Requests.Limits wait) {
        long id = message.path("id").asLong();
        var gone = end.future().result();
        if (gone != null) {
            return Future.failedFuture(gone);
        }
        var answer = requests.add(id, wait);
        transport.send(message).onFailure(failure -> requests.fail(id, failure));
        return answer;
    }

    private void cancel(long id, String reason) {
        if (requests.waits(id)) {
            var why = McpFailure.cancelled(reason);
            giveUp(id, why);
            requests.fail(id, why);
        }
    }

    /** Tells the server that nobody waits any more; {@code initialize} is the one request that it cannot be told of. */
    private void giveUp(long id, Problem why) {
        boolean mayBeAnswered = transport.abandon(id);
        if (handshake != null && handshake.succeeded() && !end.future().isComplete()) {
            if (mayBeAnswered) {
                cancelled.put(id, clock.instant());
            }
            var params = JsonRpc.object().put("requestId", id).put("reason", why.sentence());
            tell(JsonRpc.notification("notifications/cancelled", params));
        }
    }

    /** Sends what nobody waits for: if it is lost, the connection's own end says so. */
    private void tell(ObjectNode message) {
        transport
                .send(message)
                .onFailure(failure -> LOG.debug("an MCP message was not taken: {}", failure.getMessage()));
    }

    private void received(JsonNode message) {
        var method = message.path("method");
        if (message.isArray()) {
            message.forEach(this::received);
        } else if (!method.isTextual()) {
            answered(message);
        } else if (message.has("id")) {
            var id = message.path("id");
            tell(method.asText().equals("ping") ? JsonRpc.result(id) : JsonRpc.unknownMethod(id, method.asText()));
        } else {
            notified(method.asText(), message.path("params"));
        }
    }

    private void answered(JsonNode message) {
        var id = message.path("id");
        if (!id.isIntegralNumber()) {
            LOG.debug("an MCP server sent something that is neither request, notification nor answer");
        } else if (!requests.answered(id.asLong(), message)) {
            cancelled.remove(id.asLong());
        }
    }

    private void notified(String method, JsonNode params) {
        switch (method) {
            case "notifications/progress" -> requests.progressed(params);
            case "notifications/tools/list_changed" -> tools = null;
            default -> LOG.trace("an MCP server sent {}", method);
        }
    }

    private void closed(Problem why) {
        if (end.tryComplete(why)) {
            requests.failAll(why);
        }
    }

    /** Requests that wait for an answer. */
    public int inFlight() {
        return requests.size();
    }
}
