package dev.skein.fault.review.ledger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server of the OpenAI form that answers nothing until it is let, and then that there is nothing. */
final class SlowModel implements AutoCloseable {
    private static final String ANSWER = """
            data: {"choices":[{"index":0,"delta":{"content":"{\\"findings\\":[]}"},"finish_reason":null}]}

            data: {"choices":[{"delta":{},"finish_reason":"stop"}]}

            data: {"choices":[],"usage":{"prompt_tokens":100000,"completion_tokens":5}}

            data: [DONE]

            """;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch let = new CountDownLatch(1);
    private final HttpServer server;

    SlowModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/models", each -> answer(each, "{\"object\":\"list\",\"data\":[{\"id\":\"m\"}]}"));
        server.createContext("/v1/chat/completions", this::chat);
        server.start();
    }

    /** Settings of a worker that asks it. */
    String settings() {
        return "{\"review\": {\"openai\": {\"urls\": \"http://127.0.0.1:%d\", \"model\": \"m\"}}}"
                .formatted(server.getAddress().getPort());
    }

    private void chat(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        asked.countDown();
        try {
            if (let.await(2, TimeUnit.MINUTES)) {
                answer(exchange, ANSWER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    boolean isAskedWithin(Duration longest) throws InterruptedException {
        return asked.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    void answer() {
        let.countDown();
    }

    @Override
    public void close() {
        let.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
