package dev.skein.http.api.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.exchange.Refusal;
import dev.skein.http.json.Json;
import dev.skein.job.Job;
import dev.skein.job.JobSpec;
import dev.skein.job.JobSpec.Timeouts;
import dev.skein.job.JobState;
import dev.skein.job.Jobs;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Questions about libraries, each a job that is waited for. Thread-safe. */
public final class Context7Calls {
    private static final String TYPE = "context7";
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final int ACCEPTED = 202;
    private static final int BAD_GATEWAY = 502;
    private static final int NOT_FOUND = 404;

    private final Coordinator coordinator;

    public Context7Calls(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    private record Found(String id, String state, @Nullable JsonNode result) {}

    public Map<String, Handler> handlers() {
        return Map.of(
                "aliasContext7Resolve", this::resolve,
                "aliasContext7Search", this::search,
                "aliasContext7Docs", this::docs,
                "aliasContext7DocsOf", this::docs,
                "aliasContext7DocsAt", this::docs);
    }

    private Future<Answer> resolve(Call call) {
        var body = call.checked();
        var asked = payload("resolve-library");
        for (var field : List.of("query", "libraryName", "library")) {
            var text = SpecReader.text(body, field);
            if (text != null) {
                asked.put(field, text);
            }
        }
        if (asked.size() == 1) {
            throw Refusal.faulty("invalid_request", List.of("query is missing"));
        }
        return answer(call, asked);
    }

    private Future<Answer> search(Call call) {
        return answer(call, payload("search").put("query", needed(call, "query")));
    }

    /** A library is {@code /org/project} or {@code /org/project/version}, as one part of the path or as several. */
    private Future<Answer> docs(Call call) {
        var id = Stream.of("library_id", "project", "version")
                .map(call.path()::get)
                .filter(part -> part != null)
                .collect(Collectors.joining("/"));
        var asked = payload("docs").put("libraryId", id.startsWith("/") ? id : "/" + id);
        return answer(call, asked.put("query", needed(call, "query")));
    }

    private static String needed(Call call, String parameter) {
        var text = call.query().get(parameter);
        if (text == null || text.isBlank()) {
            throw Refusal.faulty("invalid_query", List.of(parameter + " is missing"));
        }
        return text;
    }

    private static ObjectNode payload(String action) {
        return JsonNodeFactory.instance.objectNode().put("action", action);
    }

    private Future<Answer> answer(Call call, ObjectNode payload) {
        var spec = JobSpec.of(TYPE, new String(Json.bytes(payload), StandardCharsets.UTF_8))
                .with(new Timeouts(null, null, null, WAIT));
        return coordinator
                .change(Jobs.SUBMIT, new Jobs.Submit(spec, call.caller()), Coordinator.CHANGE)
                .compose(done -> coordinator.read(
                        Jobs.GET, new Jobs.Get(done.id(), WAIT.toMillis(), false), Waits.deadline(WAIT.toMillis())))
                .map(Context7Calls::answer);
    }

    private static Answer answer(Job job) {
        var found = new Found(job.id(), job.state().word(), JobView.tree(job.result()));
        if (!job.state().isTerminal()) {
            return new Answer.Json(ACCEPTED, found);
        }
        if (job.state() == JobState.SUCCEEDED) {
            return Answer.ok(found);
        }
        var outcome = job.outcome();
        var code = outcome == null ? "job_failed" : outcome.code();
        var why = outcome == null ? "it ended as " + job.state().word() : outcome.message();
        throw new Refusal(
                code.equals("mcp_not_found") ? NOT_FOUND : BAD_GATEWAY, code, "job " + job.id() + " failed: " + why);
    }
}
