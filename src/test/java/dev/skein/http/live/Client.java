package dev.skein.http.live;

import io.vertx.core.Future;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Somebody who watches, as a script would. */
final class Client {
    private final LiveServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    WebSocket socket;
    private final WebSocketClient sockets; // a field, for Vert.x closes a client that nobody holds

    Client(LiveServer server) {
        this.server = server;
        this.sockets = server.vertx.createWebSocketClient(new WebSocketClientOptions().setMaxMessageSize(1 << 20));
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(headers.length == 0 ? request(path) : request(path).headers(headers));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url(path)));
    }

    String ticket() throws IOException, InterruptedException {
        return new JsonObject(post("/api/v1/tickets", "{\"for\":\"live\"}").body()).getString("ticket");
    }

    Client watch() throws IOException, InterruptedException {
        return watch("");
    }

    Client watch(String query) throws IOException, InterruptedException {
        LiveServer.await(connect(query, ticket(), server.url("")));
        return this;
    }

    Future<?> connect(String query, String ticket, String origin) {
        var options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(server.port)
                .setURI("/api/v1/live" + query)
                .addHeader("Origin", origin)
                .addSubProtocol("skein.live.v1")
                .addSubProtocol("ticket." + ticket);
        var connecting = sockets.webSocket();
        connecting.textMessageHandler(text -> frames.add(new JsonObject(text)));
        connecting.closeHandler(end -> closed.complete((int) connecting.closeStatusCode()));
        return connecting.connect(options).onSuccess(open -> socket = open);
    }

    /** The next frame of this type; others before it are dropped. */
    JsonObject next(String type) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (System.nanoTime() < until) {
            var frame = frames.poll(5, TimeUnit.SECONDS);
            if (frame != null && type.equals(frame.getString("type"))) {
                return frame;
            }
        }
        throw new AssertionError("no " + type + " within 5 s");
    }

    int closeCode() throws Exception {
        return closed.get(15, TimeUnit.SECONDS);
    }
}
