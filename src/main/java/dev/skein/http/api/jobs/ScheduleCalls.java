package dev.skein.http.api.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.exchange.Refusal;
import dev.skein.job.Schedules;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is done again and again. Thread-safe. */
public final class ScheduleCalls {
    private final Coordinator coordinator;

    public ScheduleCalls(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    private record Shown(
            String id,
            String cron,
            String zone,
            boolean paused,
            boolean overlap,
            JobView.SpecView job,
            @Nullable Instant nextAt,
            @Nullable Instant lastAt,
            @Nullable String lastJob,
            long skipped) {
        static Shown of(Schedules.View view, Call call) {
            var plan = view.plan();
            return new Shown(
                    view.id(),
                    plan.cron(),
                    plan.zone(),
                    plan.paused(),
                    plan.overlap(),
                    JobView.SpecView.of(plan.spec(), call),
                    view.nextAt(),
                    view.lastAt(),
                    view.lastJob(),
                    view.skipped());
        }
    }

    private record ScheduleList(List<Shown> schedules) {}

    public Map<String, Handler> handlers() {
        return Map.of(
                "createSchedule", this::create,
                "listSchedules", this::list,
                "getSchedule", this::get,
                "putSchedule", this::put,
                "deleteSchedule", this::delete,
                "pauseSchedule", call -> pause(call, true),
                "resumeSchedule", call -> pause(call, false));
    }

    private Future<Answer> create(Call call) {
        var body = call.checked();
        var ask = new Schedules.Put(body.path("id").asText(), plan(body), false, call.caller());
        return coordinator
                .change(Schedules.PUT, ask, Coordinator.CHANGE)
                .map(view -> Answer.created(Shown.of(view, call)));
    }

    private Future<Answer> put(Call call) {
        var body = call.checked();
        var id = call.at("schedule_id");
        var repeated = SpecReader.text(body, "id");
        if (repeated != null && !repeated.equals(id)) {
            throw Refusal.faulty("invalid_request", List.of("id must be that of the path, " + id));
        }
        var ask = new Schedules.Put(id, plan(body), true, call.caller());
        return coordinator.change(Schedules.PUT, ask, Coordinator.CHANGE).map(view -> Answer.ok(Shown.of(view, call)));
    }

    private static Schedules.Plan plan(JsonNode body) {
        var zone = SpecReader.text(body, "zone");
        return new Schedules.Plan(
                body.path("cron").asText(),
                zone == null ? "UTC" : zone,
                body.path("paused").asBoolean(false),
                body.path("overlap").asBoolean(false),
                SpecReader.spec(body.path("job")));
    }

    private Future<Answer> list(Call call) {
        return coordinator
                .read(Schedules.LIST, new Schedules.ListAll())
                .map(found -> Answer.ok(new ScheduleList(found.schedules().stream()
                        .map(view -> Shown.of(view, call))
                        .toList())));
    }

    private Future<Answer> get(Call call) {
        return coordinator
                .read(Schedules.GET, new Schedules.Get(call.at("schedule_id")))
                .map(view -> Answer.ok(Shown.of(view, call)));
    }

    private Future<Answer> pause(Call call, boolean paused) {
        var ask = new Schedules.Pause(call.at("schedule_id"), paused, call.caller());
        return coordinator
                .change(Schedules.PAUSE, ask, Coordinator.CHANGE)
                .map(view -> Answer.ok(Shown.of(view, call)));
    }

    private Future<Answer> delete(Call call) {
        var ask = new Schedules.Delete(call.at("schedule_id"), call.caller());
        return coordinator.change(Schedules.DELETE, ask, Coordinator.CHANGE).map(Answer::ok);
    }
}
