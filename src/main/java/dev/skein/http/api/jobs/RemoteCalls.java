package dev.skein.http.api.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.job.Job;
import dev.skein.job.JobState;
import dev.skein.job.Jobs;
import dev.skein.job.Remotes;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Workers over HTTP: those that this cluster uses, and being one for another. Thread-safe. */
public final class RemoteCalls {
    private static final int ACCEPTED = 202;
    private static final int CREATED = 201;
    private static final int OK = 200;
    private static final Duration WAIT = Duration.ofSeconds(20); // a silent connection is closed after 30 s

    private final Coordinator coordinator;

    public RemoteCalls(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    private record Shown(String id, String address, List<String> capabilities, String status, boolean existing) {}

    private record Gone(boolean removed, String id, int requeued) {}

    /** The end of a job as the caller's protocol has it; before the end only the state. */
    private record End(
            String id,
            String state,
            @Nullable Boolean success,
            @Nullable JsonNode result,
            @Nullable String code,
            @Nullable String error,
            @Nullable Boolean retryable) {}

    public Map<String, Handler> handlers() {
        return Map.of(
                "aliasWorkersAdd", this::add,
                "aliasWorkersRemove", this::remove,
                "doJob", this::run,
                "awaitDoneJob", this::await,
                "cancelDoneJob", this::cancel);
    }

    private Future<Answer> add(Call call) {
        var body = call.checked();
        var names = new ArrayList<String>();
        body.path("capabilities").forEach(name -> names.add(name.asText()));
        var spec =
                new Remotes.Spec(body.path("host").asText(), body.path("port").asInt(), names);
        return coordinator
                .change(Remotes.ADD, new Remotes.Add(spec, call.caller()), Coordinator.LONG_CHANGE)
                .map(done -> {
                    var worker = done.worker();
                    var shown = new Shown(
                            worker.spec().id(),
                            worker.spec().id(),
                            worker.spec().capabilities(),
                            worker.status(),
                            done.existing());
                    return new Answer.Json(done.existing() ? OK : CREATED, shown);
                });
    }

    private Future<Answer> remove(Call call) {
        return coordinator
                .change(Remotes.REMOVE, new Remotes.Remove(call.at("address"), call.caller()), Coordinator.CHANGE)
                .map(done -> Answer.ok(new Gone(true, done.id(), done.requeued())));
    }

    /** The other cluster's job and attempt are the key, so that a request that is sent again begins nothing. */
    private Future<Answer> run(Call call) {
        var body = call.checked();
        var id = body.path("id").asText();
        var asked = JsonNodeFactory.instance
                .objectNode()
                .put("type", body.path("type").asText())
                .put("max_attempts", 1)
                .put("idempotency_key", id + ":" + body.path("attempt").asInt(1));
        asked.set("payload", body.path("payload"));
        asked.putArray("labels").add(label(id));
        if (body.path("timeout").asLong() > 0) {
            asked.put("total_timeout_millis", body.path("timeout").asLong());
        }
        if (body.path("memory_bytes").asLong() > 0) {
            asked.put("memory_bytes", body.path("memory_bytes").asLong());
        }
        return coordinator
                .change(Jobs.SUBMIT, new Jobs.Submit(SpecReader.spec(asked), call.caller()), Coordinator.CHANGE)
                .compose(done -> end(done.id(), id));
    }

    private static String label(String id) {
        return "for=" + id;
    }

    private Future<Answer> await(Call call) {
        return own(call).compose(job -> end(job, call.at("job_id")));
    }

    private Future<Answer> cancel(Call call) {
        return own(call)
                .compose(job -> coordinator.change(
                        Jobs.CANCEL,
                        new Jobs.Cancel(job, "cancelled by who asked for it", call.caller()),
                        Coordinator.CHANGE))
                .map(job -> Answer.ok(shown(job, call.at("job_id"))));
    }

    /** The latest that this caller asked for under the id. */
    private Future<String> own(Call call) {
        var id = call.at("job_id");
        var ask =
                new Jobs.ListAll(List.of(), null, null, label(id), call.caller().subject(), null, null, 1);
        return coordinator.read(Jobs.LIST, ask).map(found -> {
            if (found.jobs().isEmpty()) {
                throw Problem.notFound("job_not_found", "nobody like you asked for job " + id + " here");
            }
            return found.jobs().get(0).id();
        });
    }

    private Future<Answer> end(String job, String id) {
        long wait = WAIT.toMillis();
        return coordinator
                .read(Jobs.GET, new Jobs.Get(job, wait, false), Waits.deadline(wait))
                .map(found -> new Answer.Json(found.state().isTerminal() ? OK : ACCEPTED, shown(found, id)));
    }

    private static End shown(Job job, String id) {
        if (!job.state().isTerminal()) {
            return new End(id, job.state().word(), null, null, null, null, null);
        }
        if (job.state() == JobState.SUCCEEDED) {
            return new End(id, job.state().word(), true, JobView.tree(job.result()), null, null, null);
        }
        var outcome = job.outcome();
        return new End(
                id,
                job.state().word(),
                false,
                null,
                outcome == null ? "failed" : outcome.code(),
                outcome == null ? "it ended as " + job.state().word() : outcome.message(),
                outcome == null || outcome.retryable());
    }
}
