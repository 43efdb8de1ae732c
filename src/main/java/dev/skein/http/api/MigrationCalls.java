package dev.skein.http.api;

import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.json.Json;
import dev.skein.pipeline.Migrations;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pipelines that move, and workers that are emptied or get nothing new. Thread-safe. */
final class MigrationCalls {
    private static final int ACCEPTED = 202;
    private static final int DRAIN_SECS = 60;

    private final Coordinator coordinator;

    MigrationCalls(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    private record DrainBody(
            @Nullable Integer timeoutSecs,
            @Nullable Boolean force,
            @Nullable String reason) {
        static final DrainBody NONE = new DrainBody(null, null, null);
    }

    private record Reasoned(@Nullable String reason) {}

    private record Target(String targetWorkerId) {}

    private record MigrationList(List<Migrations.View> migrations, int total, Pages pagination) {}

    Map<String, Handler> handlers() {
        return Map.of(
                "migratePipeline", this::migrate,
                "drainWorker", this::drain,
                "cordonWorker", call -> cordon(call, true),
                "uncordonWorker", call -> cordon(call, false),
                "rebalance", this::rebalance,
                "listMigrations", this::list,
                "getMigration", this::get);
    }

    private Future<Answer> migrate(Call call) {
        var target = Json.as(Target.class, call.checked()).targetWorkerId;
        var order = new Migrations.Migrate(call.at("group_id"), call.at("pipeline_name"), target, call.caller());
        return coordinator
                .change(Migrations.MIGRATE, order, Coordinator.CHANGE)
                .map(started -> new Answer.Json(ACCEPTED, started));
    }

    /** Waits a little longer than the coordinator does. */
    private Future<Answer> drain(Call call) {
        var json = call.json();
        var body = json == null ? DrainBody.NONE : Json.as(DrainBody.class, json);
        var seconds = body.timeoutSecs == null ? DRAIN_SECS : body.timeoutSecs;
        var order = new Migrations.Drain(
                call.at("worker_id"), body.timeoutSecs, Boolean.TRUE.equals(body.force), body.reason, call.caller());
        return coordinator
                .change(Migrations.DRAIN, order, Duration.ofSeconds(seconds).plus(Coordinator.CHANGE))
                .map(Answer::ok);
    }

    private Future<Answer> cordon(Call call, boolean cordoned) {
        var json = call.json();
        var reason = json == null ? null : Json.as(Reasoned.class, json).reason;
        var order = new Migrations.Cordon(call.at("worker_id"), cordoned, reason, call.caller());
        return coordinator.change(Migrations.CORDON, order, Coordinator.CHANGE).map(Answer::ok);
    }

    private Future<Answer> rebalance(Call call) {
        return coordinator
                .change(Migrations.REBALANCE, new Migrations.Rebalance(call.caller()), Coordinator.CHANGE)
                .map(Answer::ok);
    }

    private Future<Answer> list(Call call) {
        var page = Pages.wanted(call);
        return coordinator
                .read(Migrations.LIST, new Migrations.ListAll(page.limit(), page.offset()))
                .map(found -> Answer.ok(new MigrationList(
                        found.migrations(),
                        found.total(),
                        Pages.of(page, found.migrations().size(), found.total()))));
    }

    private Future<Answer> get(Call call) {
        return coordinator
                .read(Migrations.GET, new Migrations.Get(call.at("migration_id")))
                .map(Answer::ok);
    }
}
