package dev.skein.job.mcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.job.mcp.JsonRpc;
import dev.skein.job.mcp.peer.Connected;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint on loopback whose tools are named for how they answer. */
final class FakeEndpoint {
    private final AtomicInteger sessions = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private volatile String valid = "";

    FakeEndpoint(Vertx vertx) {
        server = Connected.await(
                vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1"));
    }

    HttpAddress address() {
        return new HttpAddress(
                URI.create("http://127.0.0.1:" + server.actualPort() + "/mcp"), Map.of("Authorization", "Bearer k"));
    }

    /** Method, session and version of every request. */
    List<String> seen() {
        return List.copyOf(seen);
    }

    /** Knows no session any more. */
    void forget() {
        valid = "none";
    }

    private void handle(HttpServerRequest request) {
        var session = request.getHeader("mcp-session-id");
        seen.add(request.method() + " " + session + " " + request.getHeader("MCP-Protocol-Version"));
        if (request.method() == HttpMethod.GET) {
            resumed(request);
        } else if (request.method() == HttpMethod.DELETE) {
            request.response().setStatusCode(405).end();
        } else {
            request.body().onSuccess(body -> {
                var message = JsonRpc.parse(body.getBytes());
                if (message.path("method").asText().equals("initialize")) {
                    initialize(request.response(), message);
                } else if (!valid.equals(session)) {
                    request.response().setStatusCode(400).end("Bad Request: No valid session ID provided");
                } else {
                    answer(request.response(), message);
                }
            });
        }
    }

    /** The stream of an answer goes on where it broke; a stream of the server's own is not offered. */
    private static void resumed(HttpServerRequest request) {
        var last = request.getHeader("Last-Event-ID");
        if (last == null) {
            request.response().setStatusCode(405).end();
        } else {
            var id = last.substring(1);
            events(request.response()).end(": again\n\nid: z\ndata: " + text(id, "resumed") + "\n\n");
        }
    }

    private void initialize(HttpServerResponse response, JsonNode message) {
        valid = "s" + sessions.incrementAndGet();
        json(
                response.putHeader("mcp-session-id", valid),
                result(
                        message.path("id").asText(),
                        "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},"
                                + "\"serverInfo\":{\"name\":\"f\",\"version\":\"1\"}}"));
    }

    private static void answer(HttpServerResponse response, JsonNode message) {
        var id = message.path("id").asText();
        switch (message.path("params").path("name").asText()) {
            case "json" -> json(response, text(id, "json"));
            case "events" -> {
                var half = text(id, "events");
                var step = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":"
                        + id + ",\"progress\":1}}";
                events(response)
                        .end(": hello\r\n\r\nevent: message\r\ndata: " + step + "\r\n\r\ndata:"
                                + half.replace(",\"result\"", ",\r\ndata: \"result\"") + "\r\n\r\n");
            }
            case "broken" -> events(response).end("id: b" + id + "\nretry: 10\ndata:\n\n");
            case "lost" -> events(response).end(": nothing to go on from\n\n");
            case "unauthorized" -> response.setStatusCode(401).end();
            case "redirect" ->
                response.setStatusCode(307)
                        .putHeader("Location", "http://127.0.0.1:1/")
                        .end();
            case "down" -> response.setStatusCode(503).end("later");
            case "huge" -> json(response, text(id, "x".repeat(300_000)));
            default -> response.setStatusCode(202).end();
        }
    }

    private static HttpServerResponse events(HttpServerResponse response) {
        return response.setChunked(true).putHeader("Content-Type", "text/event-stream; charset=utf-8");
    }

    private static void json(HttpServerResponse response, String body) {
        response.putHeader("Content-Type", "application/json").end(body);
    }

    private static String text(String id, String text) {
        return result(id, "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}");
    }

    private static String result(String id, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}";
    }
}
