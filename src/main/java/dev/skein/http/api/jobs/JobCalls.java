package dev.skein.http.api.jobs;

import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.exchange.Refusal;
import dev.skein.job.JobSpec;
import dev.skein.job.JobState;
import dev.skein.job.Jobs;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What somebody wants done, and what became of it. Thread-safe. */
public final class JobCalls {
    private static final int ACCEPTED = 202;
    private static final long LOG_WAIT_MAX = 30_000;
    private static final Duration MANY = Duration.ofSeconds(60);

    private final Coordinator coordinator;

    public JobCalls(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    private record Accepted(String id, String state, boolean existing) {}

    /** One of many: accepted with an id and a state, or refused with a code and a sentence. */
    private record OneOfMany(
            @Nullable String id,
            @Nullable String state,
            @Nullable Boolean existing,
            @Nullable String code,
            @Nullable String error) {}

    private record Many(List<OneOfMany> jobs, long accepted, long refused) {}

    private record JobList(List<JobView> jobs, @Nullable String next) {}

    private record Lines(int attempt, String text, long next, long dropped, boolean ended) {}

    public Map<String, Handler> handlers() {
        return Map.ofEntries(
                Map.entry("submitJob", this::submit),
                Map.entry("submitJobs", this::submitMany),
                Map.entry("listJobs", this::list),
                Map.entry("clearJobs", this::clear),
                Map.entry("getJob", this::get),
                Map.entry("cancelJob", this::cancel),
                Map.entry("retryJob", this::retry),
                Map.entry("parkJob", this::park),
                Map.entry("whyJob", this::why),
                Map.entry("jobLogs", this::logs),
                Map.entry("jobStats", this::stats),
                Map.entry("listRunners", this::runners));
    }

    private Future<Answer> submit(Call call) {
        var ask = new Jobs.Submit(SpecReader.spec(call.checked(), call.idempotencyKey()), call.caller());
        return coordinator
                .change(Jobs.SUBMIT, ask, Coordinator.CHANGE)
                .map(done -> new Answer.Json(
                        ACCEPTED, new Accepted(done.id(), done.state().word(), done.existing())));
    }

    private Future<Answer> submitMany(Call call) {
        var specs = new ArrayList<JobSpec>();
        for (var one : call.checked().path("jobs")) {
            specs.add(SpecReader.spec(one));
        }
        return coordinator
                .change(Jobs.SUBMIT_MANY, new Jobs.SubmitMany(specs, call.caller()), MANY)
                .map(done -> {
                    var jobs = done.answers().stream().map(JobCalls::oneOfMany).toList();
                    long accepted =
                            jobs.stream().filter(one -> one.code == null).count();
                    return new Answer.Json(ACCEPTED, new Many(jobs, accepted, jobs.size() - accepted));
                });
    }

    private static OneOfMany oneOfMany(Jobs.Answer answer) {
        var state = answer.state();
        return state == null
                ? new OneOfMany(null, null, null, answer.code(), answer.message())
                : new OneOfMany(answer.id(), state.word(), answer.existing(), null, null);
    }

    private Future<Answer> list(Call call) {
        var query = call.query();
        var ask = new Jobs.ListAll(
                states(query.get("state")),
                query.get("type"),
                query.get("worker"),
                query.get("label"),
                query.get("submitter"),
                query.get("error"),
                query.get("cursor"),
                (int) call.number("limit"));
        return coordinator
                .read(Jobs.LIST, ask)
                .map(found -> Answer.ok(new JobList(
                        found.jobs().stream().map(job -> JobView.of(job, call)).toList(), found.next())));
    }

    /** States separated by commas; none are all. */
    private static List<JobState> states(@Nullable String words) {
        if (words == null) {
            return List.of();
        }
        try {
            return Stream.of(words.split(",")).map(JobState::of).toList();
        } catch (Problem unknown) {
            throw Refusal.faulty("invalid_query", List.of(unknown.sentence()));
        }
    }

    private Future<Answer> get(Call call) {
        long wait = Waits.millis(call.query().get("wait"), Jobs.WAIT_MILLIS_MAX);
        boolean payload = !"false".equals(call.query().get("payload"));
        return coordinator
                .read(Jobs.GET, new Jobs.Get(call.at("job_id"), wait, payload), Waits.deadline(wait))
                .map(job -> Answer.ok(JobView.of(job, call)));
    }

    private Future<Answer> cancel(Call call) {
        var ask = new Jobs.Cancel(call.at("job_id"), reason(call), call.caller());
        return coordinator.change(Jobs.CANCEL, ask, Coordinator.CHANGE).map(job -> Answer.ok(JobView.of(job, call)));
    }

    private Future<Answer> retry(Call call) {
        var ask = new Jobs.Retry(call.at("job_id"), call.caller());
        return coordinator.change(Jobs.RETRY, ask, Coordinator.CHANGE).map(job -> Answer.ok(JobView.of(job, call)));
    }

    private Future<Answer> park(Call call) {
        var ask = new Jobs.Park(call.at("job_id"), reason(call), call.caller());
        return coordinator.change(Jobs.PARK, ask, Coordinator.CHANGE).map(job -> Answer.ok(JobView.of(job, call)));
    }

    private static String reason(Call call) {
        var given = call.json() == null ? null : SpecReader.text(call.json(), "reason");
        return given == null ? "" : given;
    }

    private Future<Answer> why(Call call) {
        return coordinator.read(Jobs.WHY, new Jobs.WhyAsk(call.at("job_id"))).map(Answer::ok);
    }

    private Future<Answer> logs(Call call) {
        long wait = Waits.millis(call.query().get("wait"), LOG_WAIT_MAX);
        int attempt = (int) call.number("attempt");
        var ask = new Jobs.LogsAsk(call.at("job_id"), call.number("offset"), (int) call.number("bytes"), wait, attempt);
        return coordinator.read(Jobs.LOGS, ask, Waits.deadline(wait)).map(found -> {
            var part = found.part();
            return Answer.ok(new Lines(found.attempt(), part.text(), part.next(), part.dropped(), part.ended()));
        });
    }

    private Future<Answer> stats(Call call) {
        return coordinator.read(Jobs.STATS, new Jobs.StatsAsk()).map(Answer::ok);
    }

    private Future<Answer> runners(Call call) {
        return coordinator.read(Jobs.RUNNERS, new Jobs.RunnersAsk()).map(Answer::ok);
    }

    private Future<Answer> clear(Call call) {
        var ask = new Jobs.Clear(states(call.query().get("state")), call.query().get("type"), call.caller());
        if (ask.states().isEmpty()) {
            throw Refusal.faulty("invalid_query", List.of("state is missing; give state=queued"));
        }
        if (ask.states().stream().anyMatch(JobState::isTerminal)) {
            throw Refusal.faulty("invalid_query", List.of("state must be queued, retrying, parked or running"));
        }
        return coordinator.change(Jobs.CLEAR, ask, MANY).map(Answer::ok);
    }
}
