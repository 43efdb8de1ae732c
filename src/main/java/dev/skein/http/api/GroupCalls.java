package dev.skein.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.http.api.connectors.ConnectorCalls;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.cluster.EdgeMetrics;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.json.Json;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.Groups;
import dev.skein.pipeline.vpl.Diagnostic;
import dev.skein.pipeline.vpl.Vpl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups that are deployed, looked at and torn down, and programs that are checked. Thread-safe. */
final class GroupCalls {
    private final Vertx vertx;
    private final Coordinator coordinator;
    private final EdgeMetrics metrics;

    GroupCalls(Vertx vertx, Coordinator coordinator, EdgeMetrics metrics) {
        this.vertx = vertx;
        this.coordinator = coordinator;
        this.metrics = metrics;
    }

    private record GroupList(List<Groups.View> pipelineGroups, int total, Pages pagination) {}

    private record TornDown(boolean tornDown, @Nullable List<String> pendingCleanup) {}

    private record Validated(boolean valid, List<Diagnostic> diagnostics) {}

    Map<String, Handler> handlers() {
        return Map.of(
                "deployGroup", this::deploy,
                "planGroup", call -> planned(null, call),
                "planUpdate", call -> planned(call.at("group_id"), call),
                "updateGroup", this::update,
                "listGroups", this::list,
                "getGroup", this::get,
                "deleteGroup", this::delete,
                "validate", this::validate);
    }

    private static GroupSpec spec(Call call) {
        call.checked().path("routes").forEach(GroupCalls::takeSubject);
        takePlacement(call.checked());
        return Json.as(GroupSpec.class, call.checked());
    }

    /** The long form: {@code {"strategy": …, "spread_by": …}}. */
    private static void takePlacement(JsonNode spec) {
        if (spec instanceof ObjectNode object && spec.path("placement").isObject()) {
            var placement = object.remove("placement");
            object.set("placement", placement.path("strategy").isMissingNode() ? null : placement.path("strategy"));
            object.set("spread_by", placement.path("spread_by").isMissingNode() ? null : placement.path("spread_by"));
        }
    }

    private Future<Answer> update(Call call) {
        var id = call.at("group_id");
        if (isDryRun(call)) {
            return planned(id, call);
        }
        return coordinator
                .change(Groups.UPDATE, new Groups.Update(id, spec(call), call.caller()), Coordinator.LONG_CHANGE)
                .map(Answer::ok);
    }

    private static boolean isDryRun(Call call) {
        return "true".equals(call.query().get("dry_run"));
    }

    private Future<Answer> planned(@Nullable String groupId, Call call) {
        return coordinator
                .change(Groups.PLAN, new Groups.PlanAsk(groupId, spec(call)), Coordinator.CHANGE)
                .map(Answer::ok);
    }

    private Future<Answer> deploy(Call call) {
        if (isDryRun(call)) {
            return planned(null, call);
        }
        var spec = spec(call);
        var deploy = new Groups.Deploy(spec, call.caller());
        return metrics.deploying(coordinator.change(Groups.DEPLOY, deploy, Coordinator.LONG_CHANGE))
                .map(Answer::created);
    }

    /** Another word for the same. */
    private static void takeSubject(JsonNode route) {
        var subject = route.path("nats_subject");
        if (route instanceof ObjectNode object && subject.isTextual() && !route.hasNonNull("mqtt_topic")) {
            object.set("mqtt_topic", subject);
        }
    }

    private Future<Answer> list(Call call) {
        var page = Pages.wanted(call);
        return coordinator
                .read(Groups.LIST, Groups.LIST_STORED, new Groups.ListAll(page.limit(), page.offset()))
                .map(seen -> seen.answer(found -> new GroupList(
                        found.pipelineGroups(),
                        found.total(),
                        Pages.of(page, found.pipelineGroups().size(), found.total()))));
    }

    private Future<Answer> get(Call call) {
        return coordinator
                .read(Groups.GET, Groups.GET_STORED, new Groups.Get(call.at("group_id")))
                .map(seen -> seen.answer(group -> group));
    }

    private Future<Answer> delete(Call call) {
        var delete = new Groups.Delete(call.at("group_id"), call.caller());
        return coordinator
                .change(Groups.DELETE, delete, Coordinator.LONG_CHANGE)
                .map(gone -> Answer.ok(
                        new TornDown(gone.tornDown(), gone.pendingCleanup().isEmpty() ? null : gone.pendingCleanup())));
    }

    private Future<Answer> validate(Call call) {
        var source = call.checked().path("source").asText();
        return ConnectorCalls.types(coordinator)
                .compose(known -> vertx.executeBlocking(() -> Vpl.check(source, known), false))
                .map(checked -> Answer.ok(new Validated(
                        checked.diagnostics().stream().noneMatch(Diagnostic::isError), checked.diagnostics())));
    }
}
