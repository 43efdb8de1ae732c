package dev.skein.job.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.job.Job.Progress;
import dev.skein.job.Outcome;
import dev.skein.job.mcp.JsonRpc;
import dev.skein.job.mcp.McpCall;
import dev.skein.job.mcp.McpFailure;
import dev.skein.job.mcp.McpResult;
import dev.skein.job.mcp.McpTool;
import dev.skein.job.mcp.pool.McpPool;
import dev.skein.job.run.JobCall;
import dev.skein.job.run.JobResult;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does a job by one call of one tool. Thread safe. */
final class ServerCalls {
    private static final Set<String> WORTH_ANOTHER =
            Set.of(McpFailure.SERVER_GONE, McpFailure.QUEUE_FULL, McpFailure.BROKEN, McpFailure.SESSION_LOST);
    private static final Set<String> UNCERTAIN = Set.of(McpFailure.UNKNOWN_OUTCOME, McpFailure.TIME_OUT);
    private static final int MESSAGE_MAX = 1_000;

    private final Servers servers;
    private final InstantSource clock;
    private final Answers answers;

    ServerCalls(Servers servers, InstantSource clock) {
        answers = new Answers(clock);
        this.servers = servers;
        this.clock = clock;
    }

    /**
     * Calls what the payload names.
     *
     * @param server name of the server; null when the payload names it
     */
    Future<JobResult> run(JobCall call, @Nullable String server) {
        try {
            var payload = JsonRpc.parse(call.payload().getBytes(StandardCharsets.UTF_8));
            if (payload == null || !payload.isObject()) {
                throw Problem.invalid("the payload must be an object");
            }
            var config = servers.config(
                    server != null ? server : payload.path("server").asText(""));
            var request = ToolMap.Request.of(payload);
            var keepFor = config.keepFor();
            return keepFor == null
                    ? run(call, config, request)
                    : answers.get(Answers.key(config.name(), payload), keepFor, () -> run(call, config, request));
        } catch (Problem wrong) {
            return Future.succeededFuture(JobResult.failed(wrong.code(), wrong.sentence(), false));
        }
    }

    private Future<JobResult> run(JobCall call, ServerConfig config, ToolMap.Request request) {
        var chosen = new AtomicReference<McpTool>();
        var limit = limit(call, config);
        return servers.pool(config)
                .compose(pool -> called(pool, call, limit, tools -> {
                    var tool = config.tools().tool(request, tools);
                    chosen.set(tool);
                    return new McpCall(
                            tool.name(),
                            config.tools().arguments(request, tool),
                            config.idle(),
                            limit,
                            step -> call.progress(progress(step)));
                }))
                .map(answer -> ended(config, request, Objects.requireNonNull(chosen.get()), answer))
                .recover(failure -> failed(failure, chosen.get()));
    }

    private static Future<McpResult> called(
            McpPool pool, JobCall call, Duration patience, Function<List<McpTool>, McpCall> make) {
        var running = pool.call(make, patience);
        call.stopped().onSuccess(running::cancel);
        return running.result();
    }

    private Duration limit(JobCall call, ServerConfig config) {
        var deadline = call.deadline();
        if (deadline == null) {
            return config.total();
        }
        var left = Duration.between(clock.instant(), deadline);
        return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
    }

    private static Progress progress(McpCall.Progress step) {
        double fraction = step.total() > 0 ? Math.min(step.done() / step.total(), 1) : -1;
        return new Progress(fraction, step.message(), null);
    }

    private static JobResult ended(ServerConfig config, ToolMap.Request request, McpTool tool, McpResult answer) {
        var meaning = config.texts().of(request.action(), answer.text());
        var value = JsonRpc.object()
                .put("server", config.name())
                .put("tool", tool.name())
                .put("class", answer.failed() ? "tool-failed" : meaning.word())
                .put("text", answer.text());
        var structured = answer.raw().path("structuredContent");
        if (!structured.isMissingNode()) {
            value.set("structured", structured);
        }
        value.set("content", contentBesideText(answer.raw()));
        var json = new String(JsonRpc.bytes(value), StandardCharsets.UTF_8);
        if (answer.failed()) {
            return new JobResult(Outcome.failed("mcp_tool_failed", brief(answer.text()), false), json);
        }
        if (meaning.failure) {
            var code = "mcp_" + meaning.word().replace('-', '_');
            return new JobResult(Outcome.failed(code, brief(answer.text()), meaning.retryable), json);
        }
        return JobResult.succeeded(json);
    }

    /** Images, resources and links; the texts are told as one already. */
    private static JsonNode contentBesideText(JsonNode raw) {
        var others = JsonRpc.object().arrayNode();
        raw.path("content").forEach(item -> {
            if (!item.path("type").asText().equals("text")) {
                others.add(item);
            }
        });
        return others;
    }

    private static Future<JobResult> failed(Throwable failure, @Nullable McpTool tool) {
        var problem = Problem.in(failure);
        if (problem == null) {
            return Future.failedFuture(failure);
        }
        if (problem.code().equals(McpFailure.CANCELLED)) {
            return Future.succeededFuture(JobResult.of(Outcome.cancelled(problem.sentence())));
        }
        boolean repeatable = tool == null || tool.repeatable();
        boolean again = WORTH_ANOTHER.contains(problem.code()) || UNCERTAIN.contains(problem.code()) && repeatable;
        var details = problem.details().isEmpty() ? "" : ": " + String.join("\n", problem.details());
        return Future.succeededFuture(JobResult.failed(problem.code(), brief(problem.sentence() + details), again));
    }

    private static String brief(String text) {
        return text.length() > MESSAGE_MAX ? text.substring(0, MESSAGE_MAX) + "…" : text;
    }
}
