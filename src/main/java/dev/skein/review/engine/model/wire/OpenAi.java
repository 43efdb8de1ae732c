package dev.skein.review.engine.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.review.engine.model.Model.Question;
import dev.skein.review.engine.model.Model.Reply;
import dev.skein.review.engine.model.ModelProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * The protocol of OpenAI's chat completions: server-sent events, the last of them {@code [DONE]}.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/create">the manual</a>
 */
record OpenAi(EndpointConfig config) implements Dialect {
    private static final String DATA = "data:";
    private static final int SEED = 42;

    @Override
    public String path() {
        return "/v1/chat/completions";
    }

    @Override
    public byte[] body(Question question) {
        var body = Json.object();
        body.put("model", config.model())
                .put("stream", true)
                .put("temperature", 0)
                .put("seed", SEED)
                .put("max_tokens", config.answerTokens());
        body.putObject("stream_options").put("include_usage", true);
        Json.messages(body, question.talk());
        body.putObject("response_format")
                .put("type", "json_schema")
                .putObject("json_schema")
                .put("name", "answer")
                .put("strict", true)
                .set("schema", Json.tree(question.schema()));
        return Json.bytes(body);
    }

    @Override
    public Reading reading(Question question) {
        return new Events();
    }

    @Override
    public String listPath() {
        return "/v1/models";
    }

    @Override
    public List<String> models(JsonNode list) {
        var names = new ArrayList<String>();
        list.path("data").forEach(model -> names.add(model.path("id").asText()));
        return names;
    }

    private static final class Events implements Reading {
        private final StringBuilder text = new StringBuilder();
        private String finish = "";
        private boolean isDone;
        private long promptTokens;
        private long answerTokens;

        @Override
        public void line(String line) {
            if (!line.startsWith(DATA)) {
                if (line.startsWith("{")) {
                    throw ModelProblem.refused("the server does not stream: " + Json.shown(line));
                }
                return; // comments, names of events and the blank line between two
            }
            var data = line.substring(DATA.length()).strip();
            if (data.equals("[DONE]")) {
                isDone = true;
            } else if (!data.isEmpty()) {
                part(Json.line(data));
            }
        }

        private void part(JsonNode part) {
            if (part.has("error")) {
                var error = part.path("error");
                throw ModelProblem.refused(
                        "the server said: " + Json.shown(error.path("message").asText(error.toString())));
            }
            var choice = part.path("choices").path(0);
            text.append(choice.path("delta").path("content").asText(""));
            finish = choice.path("finish_reason").asText(finish);
            promptTokens = part.path("usage").path("prompt_tokens").asLong(promptTokens);
            answerTokens = part.path("usage").path("completion_tokens").asLong(answerTokens);
        }

        @Override
        public Reply end() {
            if (finish.equals("length")) {
                throw ModelProblem.truncated("the answer was cut off: it needs more than answer-tokens allows");
            }
            if (!isDone || finish.isEmpty() || finish.equals("null")) {
                throw ModelProblem.truncated("the answer broke off before the server called it done");
            }
            if (!finish.equals("stop")) {
                throw ModelProblem.refused("the server ended with " + Json.shown(finish) + " instead of an answer");
            }
            return new Reply(text.toString(), promptTokens, answerTokens);
        }
    }
}
