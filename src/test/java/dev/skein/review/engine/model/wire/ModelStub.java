package dev.skein.review.engine.model.wire;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A real server on loopback that speaks a model's protocol and does with each request what it was told to. */
public final class ModelStub implements AutoCloseable {
    public static final String NOTHING = "{\"findings\":[]}";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Which protocol. */
    public enum Form {
        OLLAMA("/api/chat"),
        OPENAI("/v1/chat/completions");

        private final String path;

        Form(String path) {
            this.path = path;
        }
    }

    public final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    private final Form form;
    private final HttpServer server;
    private final Queue<Consumer<HttpServerResponse>> script = new ConcurrentLinkedQueue<>();
    private volatile BiConsumer<String, HttpServerResponse> otherwise =
            (question, response) -> stream(response, NOTHING, "stop");

    public ModelStub(Vertx vertx, Form form) throws Exception {
        this.form = form;
        server = vertx.createHttpServer()
                .requestHandler(this::serve)
                .listen(0, "127.0.0.1")
                .await(20, SECONDS);
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** The next request that nothing else is planned for gets this. */
    ModelStub then(Consumer<HttpServerResponse> step) {
        script.add(step);
        return this;
    }

    /** What is asked while nothing is planned gets this; the question is all that is said to the model. */
    public ModelStub otherwise(BiConsumer<String, HttpServerResponse> step) {
        otherwise = step;
        return this;
    }

    ModelStub answers(String text) {
        return then(response -> stream(response, text, "stop"));
    }

    ModelStub fails(int status, String body) {
        return then(response -> response.setStatusCode(status).end(body));
    }

    private void serve(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (!request.path().equals(form.path)) {
                request.response().end(list());
                return;
            }
            keys.add(String.valueOf(request.getHeader("Authorization")));
            var asked = json(body);
            bodies.add(asked);
            var step = script.poll();
            if (step == null) {
                otherwise.accept(
                        String.join("\n", asked.path("messages").findValuesAsText("content")), request.response());
            } else {
                step.accept(request.response());
            }
        });
    }

    private String list() {
        return form == Form.OLLAMA
                ? "{\"models\":[{\"name\":\"coder:7b\"},{\"name\":\"other:latest\"}]}"
                : "{\"object\":\"list\",\"data\":[{\"id\":\"coder:7b\"},{\"id\":\"other:latest\"}]}";
    }

    /** The text in parts of three characters, some of them cut within a line, then the end with its reason. */
    public void stream(HttpServerResponse response, String text, String reason) {
        response.setChunked(true);
        for (int i = 0; i < text.length(); i += 3) {
            var line = part(text.substring(i, Math.min(text.length(), i + 3)));
            response.write(line.substring(0, 5));
            response.write(line.substring(5));
        }
        response.end(last(reason, text.length()));
    }

    String part(String text) {
        return form == Form.OLLAMA
                ? "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":" + quoted(text)
                        + "},\"done\":false}\n"
                : "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":" + quoted(text)
                        + "},\"finish_reason\":null}]}\n\n";
    }

    private String last(String reason, int tokens) {
        return form == Form.OLLAMA
                ? "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"" + reason
                        + "\",\"prompt_eval_count\":100000,\"eval_count\":" + tokens + "}\n"
                : ": comment\n\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\":\"" + reason
                        + "\"}]}\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":100000,\"completion_tokens\":"
                        + tokens + "}}\n\ndata: [DONE]\n\n";
    }

    public static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(Buffer body) {
        try {
            return JSON.readTree(body.getBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws Exception {
        server.close().await(20, SECONDS);
    }
}
