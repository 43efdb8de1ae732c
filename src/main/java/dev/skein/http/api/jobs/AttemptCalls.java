package dev.skein.http.api.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.json.Json;
import dev.skein.job.JobRuns;
import dev.skein.job.JobRuns.News;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.Outcome;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How somebody says that an attempt has ended who is not the runtime of a node. Thread-safe. */
public final class AttemptCalls {
    private final Coordinator coordinator;

    public AttemptCalls(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    private record Heard(String verdict) {}

    public Map<String, Handler> handlers() {
        return Map.of("endAttempt", this::end);
    }

    private Future<Answer> end(Call call) {
        var body = call.checked();
        var ref = new Ref(call.at("job_id"), body.path("attempt").asInt());
        var result = body.path("result");
        var value = result.isMissingNode() ? null : new String(Json.bytes(result), StandardCharsets.UTF_8);
        var outcome = outcome(body);
        var news = News.finished(ref, outcome, outcome.isSuccess() ? value : null, log(body));
        var report =
                new JobRuns.Report(body.path("worker").asText(), call.caller().subject(), List.of(news));
        return coordinator
                .change(JobRuns.REPORT, report, Coordinator.CHANGE)
                .compose(reported -> answer(ref, reported.verdicts().get(0)));
    }

    private static Outcome outcome(JsonNode body) {
        return body.path("succeeded").asBoolean()
                ? Outcome.SUCCESS
                : Outcome.failed(
                        body.path("code").asText("failed"),
                        body.path("message").asText(""),
                        body.path("retryable").asBoolean(true));
    }

    private static @Nullable String log(JsonNode body) {
        var text = SpecReader.text(body, "log");
        return text == null ? null : text.substring(Math.max(0, text.length() - JobRuns.LOG_MAX));
    }

    private static Future<Answer> answer(Ref ref, JobRuns.Verdict verdict) {
        return switch (verdict) {
            case ACCEPTED -> Future.succeededFuture(Answer.ok(new Heard("accepted")));
            case STALE_ATTEMPT ->
                Future.failedFuture(Problem.conflict(
                        "stale_attempt",
                        "attempt %d of %s is over, or another worker has it".formatted(ref.attempt(), ref.job())));
            case UNKNOWN_JOB -> Future.failedFuture(Problem.notFound("job_not_found", "there is no job " + ref.job()));
            case RESULT_TOO_LARGE ->
                Future.failedFuture(Problem.invalid("the result is too large, and the attempt has failed for that"));
        };
    }
}
