package dev.skein.coordinator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.coordinator.ControlPlane;
import dev.skein.coordinator.CoordinatorConfig;
import dev.skein.coordinator.TestClock;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Migration;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.Groups.Delete;
import dev.skein.pipeline.Groups.Deploy;
import dev.skein.pipeline.Migrations.Cordon;
import dev.skein.pipeline.Migrations.Drain;
import dev.skein.pipeline.Migrations.Migrate;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.pipeline.Workers.HeartbeatAck;
import dev.skein.pipeline.Workers.Leave;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One seeded history of a coordinator and its workers, in one thread and in its own time. */
final class SimWorld {
    private static final Caller CALLER = new Caller("sim", "admin", "");
    private static final Duration STEP = Duration.ofMillis(250);
    private static final int STEPS_PER_TICK = 4;
    private static final int STEPS_PER_SWEEP = 20;

    private record Order(PlacementId id, long epoch) {}

    private final Random random;
    private final TestClock clock = new TestClock();
    private final Map<String, SimWorker> workers = new TreeMap<>();
    private final List<Runnable> queue = new ArrayList<>();
    private final Map<Order, String> ordered = new HashMap<>(); // to which worker, ever
    private final SimLink link;
    private final SimJournal journal;
    private ControlPlane plane;
    private int life;
    private int steps;

    SimWorld(long seed, int workerCount, int capacity) {
        random = new Random(seed);
        IntStream.range(0, workerCount).forEach(i -> workers.put("w" + i, new SimWorker("w" + i, capacity)));
        link = new SimLink(workers, queue::add, random);
        journal = new SimJournal(queue::add, this::checkCommit);
        plane = boot();
        workers.values().forEach(this::startWorker);
    }

    ClusterState state() {
        return journal.durable();
    }

    /** One random thing happens, and then anything between nothing and much of what waits. */
    void chaos() {
        link.lossRate(0.1);
        switch (random.nextInt(24)) {
            case 0, 1 -> deploy();
            case 2 -> deleteAny();
            case 3 -> anyWorker().crash();
            case 4, 5 -> startWorker(anyWorker());
            case 6 -> restart();
            case 7 -> journal.full(random.nextBoolean());
            case 8 -> leave(anyWorker());
            case 9 -> anyWorker().paused = random.nextBoolean();
            case 10 -> IntStream.range(0, 50).forEach(i -> pass(1)); // long enough for silence to mean death
            case 11 -> migrateAny();
            case 12 -> plane.moves().drain(new Drain(anyWorker().id, 5, random.nextBoolean(), null, CALLER));
            case 13 -> cordon(anyWorker(), random.nextBoolean());
            default -> pass(random.nextDouble());
        }
        IntStream.range(0, random.nextInt(20)).forEach(i -> deliverAny());
    }

    /** The faults are over: every worker lives, nothing is lost, and time passes. */
    void calm(Duration length) {
        journal.full(false);
        link.lossRate(0);
        drain();
        workers.values().forEach(worker -> worker.paused = false);
        workers.values().stream().filter(worker -> !worker.alive).forEach(this::startWorker);
        drain();
        workers.values().forEach(worker -> cordon(worker, false));
        for (long i = 0; i < length.dividedBy(STEP); i++) {
            pass(1);
            drain();
        }
    }

    void deploy() {
        int pipelines = 1 + random.nextInt(4);
        var specs = IntStream.range(0, pipelines)
                .mapToObj(i -> new PipelineSpec("p" + i, "ok", null, 1 + random.nextInt(2), null))
                .toList();
        var strategy = random.nextBoolean() ? "least_loaded" : null;
        plane.deployments().deploy(new Deploy(new GroupSpec("g", specs, null, strategy), CALLER));
    }

    void checkEnd() {
        assertThat(state().placements())
                .allSatisfy(placement -> assertThat(placement.status()).isEqualTo(Placement.Status.RUNNING));
        assertThat(state().groups().values()).noneMatch(group -> group.deleting());
        assertThat(state().leftovers()).isEmpty();
        assertThat(state().placements()).noneMatch(Placement::isMoving);
        assertThat(state().migrations().values()).noneMatch(Migration::isUnderWay);
        assertThat(workers.values().stream().flatMap(worker -> worker.copies().stream()))
                .as("copies at rest for nobody")
                .noneMatch(copy -> copy.heldFor() != 0);
        var wanted = state().placements()
                .map(placement -> placement.workerId() + " " + placement.pipelineId() + " " + placement.epoch());
        var found = workers.values().stream()
                .flatMap(worker ->
                        worker.copies().stream().map(copy -> worker.id + " " + copy.pipelineId() + " " + copy.epoch()));
        assertThat(found.sorted().toList()).isEqualTo(wanted.sorted().toList());
    }

    private ControlPlane boot() {
        life++;
        return new ControlPlane(
                CoordinatorConfig.DEFAULTS,
                journal.durable(),
                journal.open(),
                link,
                sources -> Future.succeededFuture(Map.of()),
                clock);
    }

    /** What was ordered travels on; its answers reach nobody who still counts. */
    private void restart() {
        plane = boot();
    }

    private void pass(double heardRate) {
        clock.advance(STEP);
        steps++;
        if (steps % STEPS_PER_TICK == 0) {
            workers.values().stream()
                    .filter(worker -> worker.alive && !worker.paused && random.nextDouble() < heardRate)
                    .forEach(this::heartbeat);
            plane.tick();
        }
        if (steps % STEPS_PER_SWEEP == 0) {
            plane.sweep();
        }
    }

    private void heartbeat(SimWorker worker) {
        var beat = worker.heartbeat();
        int copies = random.nextInt(10) == 0 ? 2 : 1; // a message may come twice
        for (int i = 0; i < copies; i++) {
            queue.add(() -> plane.registry().heartbeat(beat).onComplete(answer -> {
                if (answer.succeeded()) {
                    queue.add(() -> obey(worker, beat.instanceId(), answer.result()));
                } else if (isUnknown(Problem.in(answer.cause()))) {
                    register(worker);
                }
            }));
        }
    }

    private static boolean isUnknown(@Nullable Problem problem) {
        return problem != null && problem.code().equals("worker_not_found");
    }

    private static void obey(SimWorker worker, String instance, HeartbeatAck ack) {
        if (worker.alive && worker.instance().equals(instance)) {
            worker.stopIfThere(ack.stopPipelines());
        }
    }

    private void startWorker(SimWorker worker) {
        worker.start();
        register(worker);
    }

    /** As a worker does: until it is acknowledged. */
    private void register(SimWorker worker) {
        var instance = worker.instance();
        queue.add(() -> {
            if (worker.alive && worker.instance().equals(instance)) {
                int mine = life;
                plane.registry().register(worker.register()).onFailure(refused -> register(worker));
                queue.add(() -> registerAgain(worker, mine));
            }
        });
    }

    private void registerAgain(SimWorker worker, int registeredIn) {
        if (registeredIn != life && worker.alive) {
            register(worker);
        }
    }

    private void leave(SimWorker worker) {
        if (worker.alive) {
            plane.registry().leave(new Leave(worker.id, worker.instance())).onSuccess(left -> worker.crash());
        }
    }

    private void deleteAny() {
        var ids = List.copyOf(state().groups().keySet());
        if (!ids.isEmpty()) {
            plane.deployments().delete(new Delete(ids.get(random.nextInt(ids.size())), CALLER));
        }
    }

    private void migrateAny() {
        var placements = state().placements().toList();
        if (!placements.isEmpty()) {
            var id = placements.get(random.nextInt(placements.size())).id();
            plane.moves().migrate(new Migrate(id.groupId(), id.name(), anyWorker().id, CALLER));
        }
    }

    private void cordon(SimWorker worker, boolean cordoned) {
        plane.moves().cordon(new Cordon(worker.id, cordoned, null, CALLER));
    }

    private SimWorker anyWorker() {
        return List.copyOf(workers.values()).get(random.nextInt(workers.size()));
    }

    private void deliverAny() {
        if (!queue.isEmpty()) {
            queue.remove(random.nextInt(queue.size())).run();
        }
    }

    private void drain() {
        for (int i = 0; i < 100_000 && !queue.isEmpty(); i++) {
            queue.remove(0).run();
        }
        assertThat(queue).as("the world comes to rest").isEmpty();
    }

    private void checkCommit(ClusterState before, ClusterState after) {
        after.placements().forEach(placement -> checkEpoch(before, placement));
        after.listed()
                .forEach(worker -> assertThat(after.placementsOn(worker.id()).count())
                        .as("placements on " + worker.id())
                        .isLessThanOrEqualTo(worker.maxPipelines()));
    }

    /**
     * Epochs only grow, each is given to one worker only, and only what was deployed there under it counts as running.
     */
    private void checkEpoch(ClusterState before, Placement placement) {
        var known = before.placement(placement.id());
        assertThat(placement.epoch()).isGreaterThanOrEqualTo(known == null ? 0 : known.epoch());
        if (placement.isDeploying() || placement.isRunning()) {
            var worker = ordered.computeIfAbsent(
                    new Order(placement.id(), placement.epoch()), order -> placement.workerId());
            assertThat(placement.workerId()).as("worker of %s", placement).isEqualTo(worker);
        }
        if (placement.isRunning()) {
            assertThat(placement.pipelineId()).startsWith(placement.workerId() + "/");
        }
    }
}
