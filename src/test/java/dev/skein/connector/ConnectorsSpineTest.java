package dev.skein.connector;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Membership;
import dev.skein.connector.letter.DeadLetters;
import dev.skein.coordinator.CoordinatorConfig;
import dev.skein.coordinator.CoordinatorVerticle;
import dev.skein.coordinator.leader.Term;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.Connectors;
import dev.skein.pipeline.Connectors.Create;
import dev.skein.pipeline.Connectors.Definition;
import dev.skein.pipeline.Connectors.Delete;
import dev.skein.pipeline.Connectors.Get;
import dev.skein.pipeline.Connectors.Update;
import dev.skein.pipeline.Events;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.Groups;
import dev.skein.pipeline.Hosting;
import dev.skein.pipeline.Observation;
import dev.skein.pipeline.Routing;
import dev.skein.pipeline.Workers;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.link.BusHostLink;
import dev.skein.pipeline.vpl.run.PipelineHost;
import dev.skein.router.RouterConfig;
import dev.skein.router.RouterVerticle;
import dev.skein.store.SqliteStore;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import dev.skein.worker.WorkerConfig;
import dev.skein.worker.WorkerVerticle;
import dev.skein.worker.agent.Agent;
import dev.skein.worker.hosting.Lanes;
import dev.skein.worker.hosting.Lease;
import dev.skein.worker.hosting.VplEngine;
import dev.skein.worker.hosting.WorkerHost;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registry, coordinator, router, worker and a real target on one local bus. */
class ConnectorsSpineTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Caller CALLER = new Caller("test", "admin", "r-1");

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final NodeAddress here = NodeAddress.of("node");
    private final Bus bus = new Bus(vertx, here);
    private final SteadyClock clock = SteadyClock.system();
    private final BlockingQueue<JsonObject> bodies = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> tokens = new LinkedBlockingQueue<>();
    private String coordinator;
    private int epoch;
    private Store store;
    private WorkerHost host;
    private Connections connections;
    private int port;

    @BeforeEach
    void deploy() throws Exception {
        bus.register(List.of(
                Connectors.CREATE,
                Connectors.UPDATE,
                Connectors.GET,
                Connectors.LIST,
                Connectors.DELETE,
                Groups.DEPLOY,
                Groups.GET,
                Groups.LIST,
                Groups.DELETE,
                Hosting.DEPLOY,
                Hosting.STOP,
                Hosting.LIST,
                Hosting.RECENT,
                Workers.REGISTER,
                Workers.HEARTBEAT,
                Workers.LEAVE,
                Workers.DELETE,
                Workers.GET,
                Workers.LIST,
                Routing.TABLES,
                Routing.CHANGED,
                Observation.METRICS,
                Observation.SUMMARY,
                Observation.HEALTH,
                Observation.TOPOLOGY,
                Observation.SNAPSHOT,
                Events.INJECT,
                Events.INJECT_BATCH,
                Events.RECENT,
                Events.DELIVER,
                Events.REST));
        store = SqliteStore.open(vertx, folder, StoreConfig.DEFAULTS, clock).await(20, SECONDS);
        startCoordinator();
        startWorker();
        var server = vertx.createHttpServer().requestHandler(request -> {
            tokens.add(String.valueOf(request.getHeader("authorization")));
            request.body().onSuccess(body -> {
                bodies.add(body.toJsonObject());
                request.response().end();
            });
        });
        port = server.listen(0, "127.0.0.1").await(5, SECONDS).actualPort();
    }

    private void startCoordinator() throws Exception {
        var verticle = new CoordinatorVerticle(
                bus,
                CoordinatorConfig.DEFAULTS,
                Term.sole(++epoch, store),
                new BusHostLink(bus),
                Membership.alone(here),
                clock);
        coordinator = vertx.deployVerticle(verticle).await(20, SECONDS);
    }

    private void startWorker() throws Exception {
        var links = new BusHostLink(bus);
        var alone = Membership.alone(here);
        var router = new RouterVerticle(bus, RouterConfig.DEFAULTS, folder.resolve("router"), links, alone, clock);
        vertx.deployVerticle(router).await(20, SECONDS);
        var lanes = Lanes.upTo(16);
        var config = LinkRig.config(List.of("loopback"), Duration.ofSeconds(2));
        var letters = new DeadLetters(vertx, folder, config.deadLetterBytesMax(), clock);
        connections = new Connections(
                vertx,
                config,
                letters,
                target -> event -> {},
                Connections.Touch.ALWAYS,
                new Connections.Clocks(clock, clock));
        var engine = new VplEngine(PipelineHost.of(lanes, clock, target -> event -> {}), connections);
        host = new WorkerHost("worker-0", WorkerConfig.DEFAULTS.hostLimits(), engine, lanes, clock, new Lease(clock));
        host.forwardThrough(router.forwarder());
        var identity = new Agent.Identity(
                "worker-0", "http://localhost:1", "", here.toString(), List.of("worker"), List.of(), 100);
        var worker = new WorkerVerticle(bus, WorkerConfig.DEFAULTS, host, identity, Membership.alone(here), clock);
        vertx.deployVerticle(worker).await(20, SECONDS);
        worker.registered().await(20, SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        host.close();
        connections.settled().await(20, SECONDS);
        store.close().await(20, SECONDS);
        vertx.close().await(20, SECONDS);
    }

    @Test
    void a_program_reaches_a_connector_of_the_cluster_with_its_secret() throws Exception {
        create(hook("one"));

        var group = deploy("stream A = X .emit(v: v + 1) .to(Hook)");
        inject(group, 41);

        assertThat(bodies.poll(10, SECONDS).getMap())
                .containsEntry("event_type", "A")
                .containsEntry("v", 42);
        assertThat(tokens.remove()).isEqualTo("Bearer one");
        assertThat(health(group)).containsEntry("Hook", true);
    }

    @Test
    void a_running_pipeline_keeps_its_connector_until_it_is_deployed_again() throws Exception {
        create(hook("one"));
        var older = deploy("stream A = X .emit(v: v) .to(Hook)");

        var shown = ask(Connectors.UPDATE, new Update(hook("two"), CALLER));
        inject(older, 1);
        inject(deploy("stream A = X .emit(v: v) .to(Hook)"), 2);

        assertThat(shown.params()).containsEntry("token", "***");
        assertThat(tokens.poll(10, SECONDS)).isEqualTo("Bearer one");
        assertThat(tokens.poll(10, SECONDS)).isEqualTo("Bearer two");
    }

    @Test
    void the_registry_survives_its_coordinator_and_refuses_what_is_wrong() throws Exception {
        create(hook("one"));
        var group = deploy("# Other is only mentioned\nstream A = X .emit(v: v) .to(Hook)");
        create(new Definition("Other", "console", Map.of(), null));

        vertx.undeploy(coordinator).await(20, SECONDS);
        startCoordinator();

        assertThat(ask(Connectors.GET, new Get("Hook")).params()).containsEntry("token", "***");
        assertThatThrownBy(() -> create(hook("again"))).satisfies(cause -> code(cause, "connector_validation"));
        assertThatThrownBy(() -> ask(Connectors.DELETE, new Delete("Hook", CALLER)))
                .satisfies(cause -> code(cause, "connector_in_use"));
        assertThat(ask(Connectors.DELETE, new Delete("Other", CALLER)).deleted())
                .isTrue();
        ask(Groups.DELETE, new Groups.Delete(group, CALLER));
        assertThat(ask(Connectors.DELETE, new Delete("Hook", CALLER)).deleted()).isTrue();
        assertThatThrownBy(() -> ask(Connectors.GET, new Get("Hook")))
                .satisfies(cause -> code(cause, "connector_not_found"));
    }

    @Test
    void a_program_that_names_what_is_not_there_or_not_built_says_so_in_its_own_lines() throws Exception {
        create(new Definition("Queue", "kafka", Map.of("brokers", "b:9092"), null));

        var view = view("stream A = X\n  .emit(v: v)\n  .to(Queue)\nstream B = X .to(Hok)");

        assertThat(view.placements().get(0).diagnostics())
                .extracting(diagnostic -> diagnostic.line() + ":" + diagnostic.column() + " " + diagnostic.code())
                .containsExactly("3:7 E034", "4:18 E030");
    }

    @Test
    void a_connector_whose_parameters_cannot_work_refuses_the_program_with_the_reason() throws Exception {
        create(new Definition("Bad", "mqtt", Map.of("host", "localhost", "topic", "t/#"), null));

        var placement = view("stream A = X .to(Bad)").placements().get(0);

        assertThat(placement.status()).isEqualTo("Failed");
        assertThat(placement.diagnostics())
                .singleElement()
                .satisfies(
                        diagnostic -> assertThat(diagnostic.message()).contains("connector Bad: topic must not hold"));
    }

    private Map<String, Boolean> health(String group) throws Exception {
        LinkRig.until(vertx, () -> host.metrics().stream().anyMatch(each -> each.eventsIn() > 0));
        return host.metrics().stream()
                .filter(each -> group.equals(each.groupId()))
                .flatMap(each -> each.connectorHealth().stream())
                .collect(java.util.stream.Collectors.toMap(
                        Workers.ConnectorHealth::connectorName, Workers.ConnectorHealth::connected));
    }

    private static void code(Throwable cause, String code) {
        assertThat(Problem.in(cause).code()).isEqualTo(code);
    }

    private Definition hook(String token) {
        var url = "http://127.0.0.1:" + port + "/";
        return new Definition("Hook", "http", Map.of("url", url, "token", token), "where it goes");
    }

    private Definition create(Definition definition) throws Exception {
        return ask(Connectors.CREATE, new Create(definition, CALLER));
    }

    private String deploy(String source) throws Exception {
        var view = view(source);
        assertThat(view.status()).as("%s", view).isEqualTo("running");
        return view.id();
    }

    private Groups.View view(String source) throws Exception {
        var pipeline = new PipelineSpec("p", source, null, null, null);
        return ask(Groups.DEPLOY, new Groups.Deploy(new GroupSpec("g", List.of(pipeline), List.of(), null), CALLER));
    }

    private void inject(String group, long v) throws Exception {
        var event = Event.builder("X").with("v", v).build();
        bus.askAt(here, Events.INJECT, new Events.Inject(group, event, true, false), DEADLINE)
                .await(20, SECONDS);
    }

    private <Q extends Record, R extends Record> R ask(dev.skein.bus.Endpoint<Q, R> endpoint, Q question)
            throws Exception {
        return bus.ask(endpoint, question, DEADLINE).await(20, SECONDS);
    }
}
