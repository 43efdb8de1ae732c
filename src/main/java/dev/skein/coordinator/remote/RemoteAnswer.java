package dev.skein.coordinator.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.coordinator.remote.RemoteHttp.Reply;
import dev.skein.job.JobRuns.News;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.Outcome;

/** What a worker over HTTP said of a job, which counts only in the words of the protocol. */
final class RemoteAnswer {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private RemoteAnswer() {}

    /**
     * Success is {@code {"success":true,"result":…}}; a {@code state} is heeded where {@code success} is left out.
     * Anything else that came with 200, as from a server that is no worker, is no result.
     */
    static News news(Ref ref, Reply reply) {
        var json = reply.json();
        if (reply.status() != OK) {
            boolean mayPass =
                    reply.status() >= SERVER_ERROR || reply.status() == TOO_MANY || reply.status() == UNAUTHORIZED;
            var said =
                    json.path("error").isTextual() ? ": " + json.path("error").asText() : "";
            return failed(ref, "http_status", "HTTP " + reply.status() + said + hint(reply), mayPass);
        }
        return switch (verdict(json)) {
            case "succeeded", "completed" -> succeeded(ref, json.path("result"));
            case "failed", "dead", "cancelled" ->
                failed(
                        ref,
                        json.path("code").asText("failed"),
                        json.path("error").asText("the worker did not say why"),
                        json.path("retryable").asBoolean(true));
            default -> failed(ref, "no_job_result", "the worker's answer is no job result", true);
        };
    }

    /** A word for a job's state; empty when there is none. */
    private static String verdict(JsonNode json) {
        var success = json.path("success");
        if (success.isBoolean()) {
            return success.asBoolean() ? "succeeded" : "failed";
        }
        return success.isMissingNode() || success.isNull() ? json.path("state").asText("") : "";
    }

    private static News succeeded(Ref ref, JsonNode result) {
        return News.finished(ref, Outcome.SUCCESS, result.isMissingNode() ? null : result.toString(), null);
    }

    private static News failed(Ref ref, String code, String message, boolean retryable) {
        return News.finished(ref, Outcome.failed(code, message, retryable), null, null);
    }

    private static String hint(Reply reply) {
        return reply.status() == UNAUTHORIZED
                ? "; a node of Skein believes this cluster's tokens when its auth.trusted-keys has the leader's"
                        + " keys and its http.names the address used here"
                : "";
    }
}
