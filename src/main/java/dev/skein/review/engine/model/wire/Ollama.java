package dev.skein.review.engine.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.review.engine.model.Budget;
import dev.skein.review.engine.model.Model.Question;
import dev.skein.review.engine.model.Model.Reply;
import dev.skein.review.engine.model.ModelProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * Ollama's own protocol: lines of JSON, the last of them with {@code done}.
 *
 * @see <a href="https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion">the manual</a>
 */
record Ollama(EndpointConfig config) implements Dialect {
    /** A question of which less than this was read was cut by the server without a word. */
    private static final double READ_MIN = 0.4;

    private static final int SEED = 42;

    @Override
    public String path() {
        return "/api/chat";
    }

    @Override
    public byte[] body(Question question) {
        var body = Json.object();
        body.put("model", config.model())
                .put("stream", true)
                .put("keep_alive", "10m")
                .put("think", false);
        Json.messages(body, question.talk());
        body.set("format", Json.tree(question.schema()));
        body.putObject("options")
                .put("num_ctx", config.contextTokens())
                .put("num_predict", config.answerTokens())
                .put("temperature", 0)
                .put("seed", SEED);
        return Json.bytes(body);
    }

    @Override
    public Reading reading(Question question) {
        long sent =
                question.talk().stream().mapToLong(turn -> turn.text().length()).sum();
        return new Lines(sent / Budget.CHARACTERS_PER_TOKEN);
    }

    @Override
    public String listPath() {
        return "/api/tags";
    }

    @Override
    public List<String> models(JsonNode list) {
        var names = new ArrayList<String>();
        list.path("models").forEach(model -> names.add(model.path("name").asText()));
        return names;
    }

    private static final class Lines implements Reading {
        private final long estimate;
        private final StringBuilder text = new StringBuilder();
        private ObjectNode last = Json.object();

        Lines(long estimate) {
            this.estimate = estimate;
        }

        @Override
        public void line(String line) {
            if (line.isBlank()) {
                return;
            }
            var part = Json.line(line);
            if (part.has("error")) {
                throw ModelProblem.refused(
                        "the server said: " + Json.shown(part.path("error").asText()));
            }
            text.append(part.path("message").path("content").asText(""));
            if (part.path("done").asBoolean()) {
                last = part;
            }
        }

        @Override
        public Reply end() {
            if (!last.path("done").asBoolean()) {
                throw ModelProblem.truncated("the answer broke off before the server called it done");
            }
            var reason = last.path("done_reason").asText("stop");
            if (reason.equals("length")) {
                throw ModelProblem.truncated("the answer was cut off: it needs more than answer-tokens allows");
            }
            if (!reason.equals("stop")) {
                throw ModelProblem.refused("the server ended with " + Json.shown(reason) + " instead of an answer");
            }
            long read = last.path("prompt_eval_count").asLong(0);
            if (read > 0 && read < estimate * READ_MIN) {
                throw ModelProblem.truncated(
                        "the server read %d tokens of a question of about %d: its context is too small"
                                .formatted(read, estimate));
            }
            return new Reply(text.toString(), read, last.path("eval_count").asLong(0));
        }
    }
}
