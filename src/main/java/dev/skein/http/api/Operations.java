package dev.skein.http.api;

import dev.skein.auth.Authenticator;
import dev.skein.bus.Bus;
import dev.skein.config.Secret;
import dev.skein.http.NodeFacts;
import dev.skein.http.api.alerts.AlertCalls;
import dev.skein.http.api.connectors.ConnectorCalls;
import dev.skein.http.api.jobs.AliasCalls;
import dev.skein.http.api.jobs.AttemptCalls;
import dev.skein.http.api.jobs.Context7Calls;
import dev.skein.http.api.jobs.JobCalls;
import dev.skein.http.api.jobs.MemoryCalls;
import dev.skein.http.api.jobs.RemoteCalls;
import dev.skein.http.api.jobs.ScheduleCalls;
import dev.skein.http.api.reviews.ReviewCalls;
import dev.skein.http.api.workspaces.CodeCalls;
import dev.skein.http.api.workspaces.DocumentCalls;
import dev.skein.http.api.workspaces.SymbolCalls;
import dev.skein.http.api.workspaces.WorkspaceCalls;
import dev.skein.http.cluster.ClusterGauges;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.cluster.EdgeMetrics;
import dev.skein.http.contract.Contract;
import dev.skein.http.exchange.Handler;
import dev.skein.http.hosted.HostedCalls;
import dev.skein.http.hosted.HostedMoves;
import dev.skein.pipeline.link.Host;
import dev.skein.pipeline.link.HostLink;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;

/** Every handler there is, by operation id. */
public final class Operations {
    private Operations() {}

    /**
     * What the handlers talk to.
     *
     * @param isBoundToLoopback whether nobody but this machine can reach the node
     */
    public record Surroundings(
            Bus bus, NodeFacts facts, HostLink hosts, Authenticator authenticator, boolean isBoundToLoopback) {}

    public static Map<String, Handler> handlers(Vertx vertx, Contract contract, Surroundings around) {
        var facts = around.facts;
        var coordinator = new Coordinator(around.bus, facts.steady());
        var metrics = new EdgeMetrics(facts.metrics());
        var gauges = new ClusterGauges(coordinator, facts.steady(), facts.metrics());
        var here = new Host(facts.id(), around.bus.here(), "", new Secret(""));
        var clocks = new HostedCalls.Clocks(facts.wall(), facts.steady());
        var joining = new JoinRules(around.authenticator, around.isBoundToLoopback);
        var handlers = new HashMap<String, Handler>();
        handlers.putAll(new WorkerCalls(coordinator, joining).handlers());
        handlers.putAll(new MigrationCalls(coordinator).handlers());
        handlers.putAll(new HostedMoves(around.hosts, here).handlers());
        handlers.putAll(new GroupCalls(vertx, coordinator, metrics).handlers());
        handlers.putAll(new ConnectorCalls(coordinator).handlers());
        handlers.putAll(new AlertCalls(coordinator, around.bus).handlers());
        handlers.putAll(new JobCalls(coordinator).handlers());
        handlers.putAll(new AttemptCalls(coordinator).handlers());
        handlers.putAll(new MemoryCalls(coordinator, around.bus).handlers());
        handlers.putAll(new RemoteCalls(coordinator).handlers());
        handlers.putAll(new ScheduleCalls(coordinator).handlers());
        handlers.putAll(new AliasCalls(coordinator).handlers());
        handlers.putAll(new Context7Calls(coordinator).handlers());
        handlers.putAll(new WorkspaceCalls(coordinator, around.bus, facts.wall()).handlers());
        handlers.putAll(new SymbolCalls(around.bus).handlers());
        handlers.putAll(new CodeCalls(around.bus).handlers());
        handlers.putAll(new DocumentCalls(around.bus).handlers());
        handlers.putAll(new ReviewCalls(coordinator, around.bus).handlers());
        handlers.putAll(new EventCalls(vertx, around.bus, facts.wall(), metrics).handlers());
        handlers.putAll(new WatchCalls(coordinator).handlers());
        handlers.putAll(new HostedCalls(vertx, around.hosts, here, clocks).handlers());
        handlers.putAll(new NodeCalls(vertx, facts, around.bus, coordinator, gauges, contract.text()).handlers());
        return handlers;
    }
}
