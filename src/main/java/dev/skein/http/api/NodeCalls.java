package dev.skein.http.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.skein.http.NodeFacts;
import dev.skein.http.cluster.ClusterGauges;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Observation;
import dev.skein.pipeline.Observation.Health;
import dev.skein.pipeline.Observation.Sweep;
import dev.skein.pipeline.Observation.WorkerCount;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What this node says about itself, to anybody. Thread-safe. */
final class NodeCalls {
    private static final Observation.Ask ASK = new Observation.Ask();
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Vertx vertx;
    private final NodeFacts facts;
    private final Coordinator coordinator;
    private final ClusterGauges gauges;
    private final Buffer contract;
    private final Instant started;

    NodeCalls(Vertx vertx, NodeFacts facts, Coordinator coordinator, ClusterGauges gauges, String contract) {
        this.vertx = vertx;
        this.facts = facts;
        this.coordinator = coordinator;
        this.gauges = gauges;
        this.contract = Buffer.buffer(contract);
        this.started = facts.steady().instant();
    }

    private record WorkerHealth(String status, String role, String version, long uptimeSeconds) {}

    private record ClusterHealth(
            String status,
            String role,
            String version,
            long uptimeSeconds,
            WorkerCount workers,
            int pipelineGroups,
            int activeMigrations,
            long totalEventsProcessed,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            Sweep lastHealthSweep) {}

    /** The leader is left out where it does not matter. */
    private record Ready(
            String status,
            String role,
            @Nullable String leader,
            @Nullable Long epoch) {}

    Map<String, Handler> handlers() {
        return Map.of(
                "health", this::health,
                "ready", this::ready,
                "prometheus", this::prometheus,
                "clusterPrometheus", this::prometheus,
                "contract", call -> Future.succeededFuture(new Answer.Raw(200, "application/yaml", contract)));
    }

    private String role() {
        return facts.has("coordinator") ? "coordinator" : facts.has("worker") ? "worker" : "node";
    }

    private long uptimeSeconds() {
        return Duration.between(started, facts.steady().instant()).toSeconds();
    }

    private Future<Answer> health(Call call) {
        if (!facts.has("coordinator")) {
            return Future.succeededFuture(
                    Answer.ok(new WorkerHealth("healthy", role(), facts.version(), uptimeSeconds())));
        }
        return coordinator
                .read(Observation.HEALTH, ASK)
                .recover(silent ->
                        Future.succeededFuture(new Health("critical", new WorkerCount(0, 0, 0, 0), 0, 0, 0, null)))
                .map(health -> Answer.ok(new ClusterHealth(
                        health.status(),
                        role(),
                        facts.version(),
                        uptimeSeconds(),
                        health.workers(),
                        health.pipelineGroups(),
                        health.activeMigrations(),
                        health.totalEventsProcessed(),
                        health.lastHealthSweep())));
    }

    private Future<Answer> ready(Call call) {
        if (facts.has("worker") && !facts.isRegistered().getAsBoolean()) {
            throw Problem.busy("not_ready", "the worker is not registered with its coordinator yet");
        }
        boolean dependsOnCoordinator = facts.has("coordinator") || !facts.has("worker");
        return dependsOnCoordinator
                ? coordinator
                        .read(Observation.LEADER, ASK)
                        .recover(silent -> Future.failedFuture(
                                Problem.busy("not_ready", "the coordinator does not serve requests yet")))
                        .map(this::readyUnder)
                : Future.succeededFuture(Answer.ok(new Ready("ready", role(), null, null)));
    }

    private Answer readyUnder(Observation.Leader leader) {
        if (leader.refuses() != null) {
            throw Problem.busy("not_ready", "changes are refused: " + leader.refuses());
        }
        return Answer.ok(new Ready("ready", role(), leader.node(), leader.epoch()));
    }

    private Future<Answer> prometheus(Call call) {
        var counted = facts.offersCluster() ? gauges.refresh() : Future.<Void>succeededFuture();
        return counted.compose(
                        done -> vertx.executeBlocking(() -> facts.metrics().scrape(), false))
                .map(text -> new Answer.Raw(200, PROMETHEUS_TEXT, Buffer.buffer(text)));
    }
}
