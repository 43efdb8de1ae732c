package dev.skein.coordinator;

import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Placement;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.Groups.Deploy;
import dev.skein.pipeline.Groups.View;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.pipeline.Workers.Capacity;
import dev.skein.pipeline.Workers.Get;
import dev.skein.pipeline.Workers.Heartbeat;
import dev.skein.pipeline.Workers.HeartbeatAck;
import dev.skein.pipeline.Workers.Memory;
import dev.skein.pipeline.Workers.PipelineMetrics;
import dev.skein.pipeline.Workers.Register;
import dev.skein.pipeline.Workers.Registered;
import dev.skein.pipeline.Workers.Running;
import dev.skein.pipeline.vpl.Diagnostic;
import dev.skein.pipeline.vpl.Diagnostic.Severity;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A coordinator whose store and workers answer at once, in time that the test moves. */
final class Rig {
    static final Caller CALLER = new Caller("tester", "admin", "r-1");
    private static final String BAD = "bad program";

    final TestClock clock = new TestClock();
    final FakeWorkers workers = new FakeWorkers();
    final ControlPlane plane;

    Rig() {
        this(ClusterState.EMPTY);
    }

    Rig(ClusterState loaded) {
        plane = new ControlPlane(
                CoordinatorConfig.DEFAULTS,
                loaded,
                (before, after, audits) -> Future.succeededFuture(),
                workers,
                Rig::check,
                clock);
    }

    ClusterState state() {
        return plane.ledger().committed();
    }

    /** A worker on the bus with room for 100. */
    Future<Registered> register(String id) {
        return register(id, "1", 100, List.of());
    }

    /** A worker on the bus with a label. */
    Future<Registered> register(String id, String label) {
        return plane.registry()
                .register(new Register(
                        id,
                        "http://localhost:9000",
                        "key",
                        "1",
                        new Capacity(4, 0, 100),
                        List.of(),
                        id + "@1",
                        List.of("worker"),
                        List.of(label),
                        false));
    }

    Future<Registered> register(String id, String instance, int maxPipelines, @Nullable List<Running> pipelines) {
        return plane.registry()
                .register(new Register(
                        id,
                        "http://localhost:9000",
                        "key",
                        instance,
                        new Capacity(4, 0, maxPipelines),
                        pipelines,
                        id + "@" + instance,
                        List.of("worker"),
                        false));
    }

    /** A worker known by REST only, which does not tell its processes apart. */
    Future<Registered> registerByRest(String id, String address, String key) {
        return plane.registry()
                .register(new Register(id, address, key, null, new Capacity(1, 0, 100), null, null, null, false));
    }

    HeartbeatAck beat(String id, String instance) {
        return answer(plane.registry().heartbeat(heartbeat(id, instance, workers.on(id), List.of())));
    }

    Heartbeat heartbeat(
            String id, @Nullable String instance, @Nullable List<Running> pipelines, List<PipelineMetrics> metrics) {
        return new Heartbeat(id, instance, 0, 0, metrics, pipelines, Memory.UNKNOWN, 0, null, true);
    }

    String status(String id) {
        return answer(plane.registry().get(new Get(id))).status();
    }

    /** Time passes second by second; the workers named report each second. */
    void pass(Duration time, String... reporting) {
        for (long second = 1; second <= time.toSeconds(); second++) {
            clock.advance(Duration.ofSeconds(1));
            Stream.of(reporting).forEach(id -> beat(id, "1"));
            plane.tick();
            if (second % CoordinatorConfig.DEFAULTS.sweepInterval().toSeconds() == 0) {
                plane.sweep();
            }
        }
    }

    /** A group of as many pipelines as names, without routes. */
    View deploy(String... names) {
        return answer(deployLater(spec(null, names)));
    }

    Future<View> deployLater(GroupSpec spec) {
        return plane.deployments().deploy(new Deploy(spec, CALLER));
    }

    static GroupSpec spec(@Nullable String strategy, String... names) {
        return new GroupSpec(
                "g",
                Stream.of(names)
                        .map(name -> new PipelineSpec(name, name.startsWith("bad") ? BAD : "ok", null, null, null))
                        .toList(),
                null,
                strategy);
    }

    Map<String, String> workersByName() {
        return state().placements()
                .collect(Collectors.toMap(placement -> placement.id().name(), Placement::workerId));
    }

    Placement placement(String name) {
        return state().placements()
                .filter(placement -> placement.id().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What a future has already completed with. */
    static <T> T answer(Future<T> future) {
        if (!future.isComplete()) {
            throw new AssertionError("not answered yet");
        }
        if (future.failed()) {
            throw Objects.requireNonNull(Problem.in(future.cause()), () -> String.valueOf(future.cause()));
        }
        return future.result();
    }

    private static Future<Map<String, List<Diagnostic>>> check(Set<String> sources) {
        var wrong = List.of(new Diagnostic(Severity.ERROR, "E001", 1, 5, "unexpected word", null));
        return Future.succeededFuture(sources.stream()
                .collect(Collectors.toMap(source -> source, source -> source.equals(BAD) ? wrong : List.of())));
    }
}
