package dev.skein.http;

import dev.skein.bus.Bus;
import dev.skein.bus.Contract;
import dev.skein.bus.Endpoint;
import dev.skein.kernel.Page;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Alerts;
import dev.skein.pipeline.Connectors;
import dev.skein.pipeline.Events;
import dev.skein.pipeline.Events.BatchInjected;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Events.Injected;
import dev.skein.pipeline.Events.Recent;
import dev.skein.pipeline.Events.RecentOutputs;
import dev.skein.pipeline.Events.Refused;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.Groups;
import dev.skein.pipeline.Hosting;
import dev.skein.pipeline.Hosting.Checkpoint;
import dev.skein.pipeline.Hosting.Deployed;
import dev.skein.pipeline.Hosting.Held;
import dev.skein.pipeline.Hosting.Hosted;
import dev.skein.pipeline.Hosting.Listed;
import dev.skein.pipeline.Hosting.Released;
import dev.skein.pipeline.Hosting.Restored;
import dev.skein.pipeline.Hosting.Stopped;
import dev.skein.pipeline.Migrations;
import dev.skein.pipeline.Observation;
import dev.skein.pipeline.Workers;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.link.Host;
import dev.skein.pipeline.link.HostLink;
import dev.skein.pipeline.vpl.Diagnostic;
import dev.skein.pipeline.vpl.Diagnostic.Severity;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A coordinator, a router and a worker that say what a test wants them to and remember what they were asked. */
public final class Neighbours implements HostLink {
    static final List<Contract> CONTRACTS = List.of(
            Workers.REGISTER,
            Workers.HEARTBEAT,
            Workers.LEAVE,
            Workers.DELETE,
            Workers.GET,
            Workers.LIST,
            Groups.DEPLOY,
            Groups.UPDATE,
            Groups.PLAN,
            Groups.GET,
            Groups.LIST,
            Groups.DELETE,
            Migrations.MIGRATE,
            Migrations.REBALANCE,
            Migrations.GET,
            Migrations.LIST,
            Migrations.DRAIN,
            Migrations.CORDON,
            Observation.METRICS,
            Observation.SUMMARY,
            Observation.HEALTH,
            Observation.TOPOLOGY,
            Connectors.CREATE,
            Connectors.UPDATE,
            Connectors.GET,
            Connectors.LIST,
            Connectors.DELETE,
            Alerts.LIST,
            Alerts.GET,
            Alerts.ACKNOWLEDGE,
            Alerts.SCALING,
            Alerts.HERE,
            Observation.LEADER,
            Events.INJECT,
            Events.INJECT_BATCH,
            Events.RECENT);

    private static final long PATIENCE_MILLIS = 20_000; // between two looks; the test's own limit ends it

    public final List<Record> asked = new ArrayList<>();

    /** What every question is answered with, unless it is null. */
    public volatile Problem failure;

    /** Why the coordinator refuses changes, null when it takes them. */
    public volatile @Nullable String refuses;

    /** How many outputs an event has. */
    public volatile int outputs = 1;

    public volatile int workers = 3;

    /** What the edge's own node raises. */
    public volatile List<Alerts.Alert> ownAlerts = List.of();

    /** What an answer waits for. */
    public volatile Future<Void> pause = Future.succeededFuture();

    private void serveConnectors(Bus bus) {
        var shown = new Connectors.Definition("c", "console", Map.of(), null);
        serve(bus, Connectors.CREATE, ask -> shown);
        serve(bus, Connectors.UPDATE, ask -> shown);
        serve(bus, Connectors.GET, ask -> shown);
        serve(bus, Connectors.LIST, ask -> new Connectors.Listed(List.of(shown), 1));
        serve(bus, Connectors.DELETE, ask -> new Connectors.Deleted(true));
    }

    private void serveAlerts(Bus bus) {
        var alert = new Alerts.Alert(
                "no-workers", "no-workers", "critical", "No worker is ready", "open", Instant.EPOCH, 1, null, 1, null);
        serve(bus, Alerts.LIST, ask -> new Alerts.Listed(List.of(alert), 1));
        serve(bus, Alerts.GET, ask -> alert);
        serve(bus, Alerts.ACKNOWLEDGE, ask -> alert);
        bus.serveHere(Alerts.HERE, ask -> Future.succeededFuture(new Alerts.Listed(ownAlerts, ownAlerts.size())));
        serve(bus, Alerts.SCALING, ask -> new Alerts.Scaling("stable", 1, 1, "none", 1, 1, List.of(), Instant.EPOCH));
    }

    void serve(Bus bus) {
        serveConnectors(bus);
        serveAlerts(bus);
        JobNeighbours.serve(this, bus);
        IndexNeighbours.serve(this, bus);
        ReviewNeighbours.serve(this, bus);
        serve(bus, Workers.REGISTER, ask -> new Workers.Registered(ask.workerId(), "registered", 5));
        serve(bus, Workers.HEARTBEAT, ask -> {
            if (!ask.trusted() && !"worker-secret".equals(ask.presentedKey())) {
                throw new Problem(Problem.Kind.UNAUTHORIZED, "the worker's own key is another");
            }
            return new Workers.HeartbeatAck(true, List.of());
        });
        serve(bus, Workers.LEAVE, ask -> {
            if (!ask.trusted() && !"worker-secret".equals(ask.presentedKey())) {
                throw new Problem(Problem.Kind.UNAUTHORIZED, "the worker's own key is another");
            }
            return new Workers.Left(1, List.of());
        });
        serve(bus, Workers.DELETE, ask -> new Workers.Deleted(true));
        serve(bus, Workers.GET, ask -> worker(ask.workerId()));
        serve(
                bus,
                Workers.LIST,
                ask -> new Workers.Listed(new Page(ask.limit(), ask.offset()).of(workerViews()), workers));
        serve(bus, Groups.DEPLOY, ask -> group("g-1", ask.spec().name()));
        serve(bus, Groups.UPDATE, ask -> group(ask.groupId(), ask.spec().name()));
        serve(bus, Groups.PLAN, ask -> new Groups.Plan(ask.spec().name(), List.of(), 0, 0, 0, 0));
        serve(bus, Groups.GET, ask -> group(ask.groupId(), "orders"));
        serve(bus, Groups.LIST, ask -> new Groups.Listed(List.of(group("g-1", "orders")), 1));
        serve(bus, Groups.DELETE, ask -> new Groups.TornDown(true, List.of()));
        serve(bus, Observation.METRICS, ask -> new Observation.Metrics(List.of()));
        serve(bus, Observation.SUMMARY, ask -> new Observation.Summary(3, 2, 1, 0, 1, 1, 1000, 12.5));
        serve(
                bus,
                Observation.HEALTH,
                ask -> new Observation.Health("degraded", new Observation.WorkerCount(3, 2, 1, 0), 1, 0, 1000, null));
        serve(bus, Observation.TOPOLOGY, ask -> new Observation.Topology(List.of(), List.of(), List.of()));
        serveMoves(bus);
        serve(bus, Observation.LEADER, ask -> new Observation.Leader("c-0", 7, refuses));
        serveEvents(bus);
    }

    private void serveMoves(Bus bus) {
        serve(bus, Migrations.MIGRATE, ask -> new Migrations.Started("m-1", ask.pipeline(), ask.groupId(), "started"));
        serve(bus, Migrations.REBALANCE, ask -> new Migrations.Rebalanced(1, List.of("m-2")));
        serve(bus, Migrations.GET, ask -> migration(ask.migrationId()));
        serve(bus, Migrations.LIST, ask -> new Migrations.Listed(List.of(migration("m-1")), 1));
        serve(bus, Migrations.DRAIN, ask -> new Migrations.Drained(ask.workerId(), 2, "drained", null));
        serve(bus, Migrations.CORDON, ask -> new Migrations.Cordoned(ask.workerId(), ask.cordoned()));
    }

    private static Migrations.View migration(String id) {
        return new Migrations.View(id, "ingest", "g-1", "worker-0", "worker-1", "completed", "manual", 250, true);
    }

    private void serveEvents(Bus bus) {
        bus.serveHere(
                Events.INJECT,
                ask -> answer(
                        ask,
                        inject -> new Injected(
                                "ingest",
                                "worker-0",
                                true,
                                !inject.awaited(),
                                outputsOf(inject.event()),
                                outputs,
                                List.of(),
                                List.of())));
        bus.serveHere(
                Events.INJECT_BATCH,
                ask -> answer(ask, batch -> {
                    var first = batch.events().isEmpty()
                            ? List.<Event>of()
                            : outputsOf(batch.events().get(0));
                    var refused = batch.events().stream()
                                    .anyMatch(event -> event.type().equals("Refused"))
                            ? List.of(new Refused(0, "worker-0 unreachable"))
                            : List.<Refused>of();
                    return new BatchInjected(
                            batch.events().size() - refused.size(), refused.size(), first, refused, 42);
                }));
        bus.serveHere(
                Events.RECENT,
                ask -> answer(
                        ask,
                        recent -> new RecentOutputs(
                                List.of(new Recent(
                                        7,
                                        "ingest",
                                        "worker-0",
                                        Event.builder("A")
                                                .with("n", 1L)
                                                .timeNanos(1_000_000)
                                                .build())),
                                7)));
    }

    <Q extends Record, R extends Record> void serve(Bus bus, Endpoint<Q, R> endpoint, Function<Q, R> handler) {
        bus.serve(endpoint, ask -> answer(ask, handler));
    }

    <Q extends Record, R> Function<Q, Future<R>> answering(Function<Q, R> handler) {
        return ask -> answer(ask, handler);
    }

    private <Q extends Record, R> Future<R> answer(Q question, Function<Q, R> handler) {
        note(question);
        return failure == null ? pause.map(question).map(handler) : Future.failedFuture(failure);
    }

    /** Remembers what was asked or told. */
    void note(Record said) {
        synchronized (asked) {
            asked.add(said);
            asked.notifyAll();
        }
    }

    public void forget() {
        synchronized (asked) {
            asked.clear();
        }
    }

    /** The first question or announcement of this type, once there is one. */
    public <Q extends Record> Q await(Class<Q> type) throws InterruptedException {
        synchronized (asked) {
            while (asked.stream().noneMatch(type::isInstance)) {
                asked.wait(PATIENCE_MILLIS);
            }
            return last(type);
        }
    }

    /** The last question of this type. */
    public <Q extends Record> Q last(Class<Q> type) {
        synchronized (asked) {
            return asked.stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .reduce((a, b) -> b)
                    .orElseThrow();
        }
    }

    private List<Workers.View> workerViews() {
        return IntStream.range(0, workers).mapToObj(i -> worker("worker-" + i)).toList();
    }

    private static Workers.View worker(String id) {
        return new Workers.View(
                id, "http://localhost:9000", "ready", 1, 100, List.of("ingest"), 8, 10, List.of("zone=a"), false);
    }

    private static Groups.View group(String id, String name) {
        var placement = new Groups.Placement(
                "ingest", "worker-0", "http://localhost:9000", "p-1", "Running", 1, null, null, null);
        return new Groups.View(
                id,
                name,
                "running",
                1,
                List.of(placement),
                Instant.parse("2026-01-15T10:00:00Z"),
                Map.of("ingest", "x"));
    }

    private List<Event> outputsOf(Event event) {
        var output = new Event("Out", event.shape(), event.timeNanos(), event.values());
        return IntStream.range(0, outputs).mapToObj(i -> output).toList();
    }

    @Override
    public Future<Deployed> deploy(Host host, Hosting.Deploy order) {
        return answer(
                order,
                deploy -> deploy.source().contains("broken")
                        ? new Deployed(
                                "",
                                List.of(new Diagnostic(
                                        Severity.ERROR, "E001", 2, 3, "unexpected token", "write stream")))
                        : new Deployed("p-1", List.of()));
    }

    @Override
    public Future<Stopped> stop(Host host, String pipelineId) {
        return answer(new Hosting.Stop(pipelineId), stop -> {
            require(pipelineId);
            return new Stopped(true);
        });
    }

    @Override
    public Future<Held> hold(Host host, Hosting.Hold order) {
        return answer(order, hold -> {
            require(hold.pipelineId());
            return new Held(new Checkpoint(100, 50, 0, ""));
        });
    }

    @Override
    public Future<Released> release(Host host, Hosting.Release order) {
        return answer(order, release -> {
            require(release.pipelineId());
            return new Released(true);
        });
    }

    @Override
    public Future<Restored> restore(Host host, Hosting.Restore order) {
        return answer(order, restore -> {
            require(restore.pipelineId());
            return new Restored(true);
        });
    }

    @Override
    public Future<Listed> list(Host host) {
        return answer(
                new Hosting.ListAll(),
                all -> new Listed(
                        List.of(new Hosted("p-1", "ingest", "g-1", 7, "running", "stream A = B", 12, 100, 50))));
    }

    @Override
    public Future<Delivered> deliver(Host host, Delivery delivery, Duration deadline) {
        return answer(delivery, given -> {
            require(given.pipelineId());
            return new Delivered(given.events().stream()
                    .map(event -> new Result(outputsOf(event), outputs, List.of(), List.of()))
                    .toList());
        });
    }

    private static void require(String pipelineId) {
        if (!pipelineId.equals("p-1")) {
            throw Problem.notFound("pipeline_not_found", "no such pipeline");
        }
    }
}
