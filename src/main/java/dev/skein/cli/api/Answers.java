package dev.skein.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** What an answer that is no success means for the command. */
final class Answers {
    private Answers() {}

    static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    /** The failure behind a status and a body, which may be anything. */
    static Failure failure(int status, @Nullable JsonNode body, Target target) {
        if (body instanceof ObjectNode object && object.path("error").isTextual()) {
            var failure = Failure.of(exit(status), object.path("error").asText());
            return failure.because(details(object))
                    .advise(advice(status, object.path("code").asText(), target))
                    .answered(object);
        }
        return Failure.of(exit(status), "%s answered %d without saying why".formatted(target.endpoint(), status))
                .because("that may not be the API of Skein; the endpoint came from " + target.origin())
                .advise("skein doctor --endpoint " + target.endpoint());
    }

    static ExitCode exit(int status) {
        return switch (status) {
            case 400, 405, 413, 415, 422 -> ExitCode.USAGE;
            case 404 -> ExitCode.NOT_FOUND;
            case 401, 403 -> ExitCode.DENIED;
            case 409 -> ExitCode.CONFLICT;
            case 429, 502, 503 -> ExitCode.UNAVAILABLE;
            case 504 -> ExitCode.TIMED_OUT;
            default -> ExitCode.FAILED;
        };
    }

    private static @Nullable String details(ObjectNode body) {
        var lines = new ArrayList<String>();
        body.path("details").forEach(detail -> lines.add(detail.isTextual() ? detail.asText() : detail.toString()));
        return lines.isEmpty() ? null : String.join("\n", lines);
    }

    private static @Nullable String advice(int status, String code, Target target) {
        return switch (code) {
            case "unauthorized" ->
                target.credential() == null
                        ? "SKEIN_API_KEY=… or --token-file FILE; skein token create --role operator makes a token"
                        : "another key or a new token: skein token create --role operator";
            case "forbidden" -> "skein token create --role admin";
            case "group_not_found" -> "skein group list";
            case "worker_not_found" -> "skein worker list";
            case "no_workers_available" ->
                "skein worker list, and start one: skein server --coordinator " + target.endpoint();
            case "job_not_found" -> "skein job list";
            case "review_not_found" -> "skein review list";
            case "pipeline_not_found" -> "skein group get GROUP";
            default -> status == 429 || status == 503 ? "the same again in a moment" : null;
        };
    }
}
