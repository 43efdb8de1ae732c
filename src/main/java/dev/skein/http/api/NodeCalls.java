package dev.skein.http.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.skein.bus.Bus;
import dev.skein.http.NodeFacts;
import dev.skein.http.cluster.ClusterGauges;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.job.NodeMemory;
import dev.skein.kernel.ByteSize;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What this node says about itself, to anybody. Thread-safe. */
final class NodeCalls {
    private static final Observation.Ask ASK = new Observation.Ask();
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final String UNHEALTHY = "unhealthy";
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final Duration OWN_MAX = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Bus bus;
    private final NodeFacts facts;
    private final Coordinator coordinator;
    private final ClusterGauges gauges;
    private final Buffer contract;
    private final Instant started;

    NodeCalls(Vertx vertx, NodeFacts facts, Bus bus, Coordinator coordinator, ClusterGauges gauges, String contract) {
        this.vertx = vertx;
        this.bus = bus;
        this.facts = facts;
        this.coordinator = coordinator;
        this.gauges = gauges;
        this.contract = Buffer.buffer(contract);
        this.started = facts.steady().instant();
    }

    /** Of the node itself, in words that older programs know too. */
    private record Own(Size memory, long uptime, List<String> capabilities, int running, String instance) {}

    private record Size(String used, String total, long usedBytes, long totalBytes) {}

    private record WorkerHealth(
            String status,
            String role,
            String version,
            long uptimeSeconds,
            @JsonUnwrapped Own own) {}

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
            Sweep lastHealthSweep,

            @JsonUnwrapped Own own) {}

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
        return bus.askAt(bus.here(), NodeMemory.HERE, new NodeMemory.Ask(), OWN_MAX)
                .compose(
                        seen -> health(seen.level().equals("critical") ? "degraded" : "healthy", own(seen)),
                        silent -> health(
                                UNHEALTHY, new Own(new Size("0", "0", 0, 0), uptimeSeconds(), List.of(), 0, mark())));
    }

    /** By which a cluster knows its own nodes, whatever the address at which they were reached. */
    private String mark() {
        return bus.here().mark();
    }

    private Own own(NodeMemory.View seen) {
        var limits = seen.limits();
        long total = limits == null ? 0 : limits.chosenBytes();
        var size = new Size(ByteSize.format(seen.usedBytes()), ByteSize.format(total), seen.usedBytes(), total);
        return new Own(size, uptimeSeconds(), seen.types(), seen.jobs().size(), mark());
    }

    private Future<Answer> health(String word, Own own) {
        if (!facts.has("coordinator")) {
            int status = word.equals(UNHEALTHY) ? UNAVAILABLE : OK;
            var said = new WorkerHealth(word, role(), facts.version(), uptimeSeconds(), own);
            return Future.succeededFuture(new Answer.Json(status, said));
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
                        health.lastHealthSweep(),
                        own)));
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
