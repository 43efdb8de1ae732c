package dev.skein.coordinator.sim;

import dev.skein.coordinator.ControlPlane;
import dev.skein.coordinator.TestClock;
import dev.skein.coordinator.leader.LeaderConfig;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.Worker;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.Groups.Delete;
import dev.skein.pipeline.Groups.Deploy;
import dev.skein.pipeline.Migrations.Cordon;
import dev.skein.pipeline.Migrations.Drain;
import dev.skein.pipeline.Migrations.Migrate;
import dev.skein.pipeline.Migrations.Rebalance;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.pipeline.Workers.Leave;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One seeded history of coordinators, their store and their workers, in one thread and in its own time. */
final class SimWorld {
    private static final Caller CALLER = new Caller("sim", "admin", "");
    private static final Duration STEP = Duration.ofMillis(250);
    private static final int STEPS_PER_TICK = 4;
    private static final int STEPS_PER_SWEEP = 20;
    private static final int STEPS_PER_LONG_PAUSE = 60;
    private static final int GROUPS_MAX = 12;
    private static final double LOSS = 0.08;

    private final Random random;
    private final TestClock clock = new TestClock();
    private final SimNet net;
    private final SimStore store;
    private final SimOracle oracle;
    private final Map<String, SimWorker> workers = new TreeMap<>();
    private final List<SimWorker> workerList;
    private final List<SimNode> nodes = new ArrayList<>();
    private final boolean steadyClocks;
    private Duration storeOffset = Duration.ZERO;
    private int passes;
    private long steps;

    /** How large a world is. */
    record Size(int coordinators, int workers, int capacity) {}

    SimWorld(long seed, Size size) {
        random = new Random(seed);
        steadyClocks = random.nextBoolean();
        net = new SimNet(random);
        IntStream.range(0, size.workers)
                .forEach(i -> workers.put("w" + i, new SimWorker("w" + i, size.capacity, clock)));
        workerList = List.copyOf(workers.values());
        oracle = new SimOracle(workers);
        store = new SimStore(() -> clock.instant().plus(storeOffset), LeaderConfig.DEFAULTS.lease(), oracle::committed);
        for (int i = 0; i < size.coordinators; i++) {
            nodes.add(new SimNode("c" + i, net, store, clock, from -> new SimLink(workers, net, from)));
        }
        workerList.forEach(this::startWorker);
    }

    /** From here on the store believes everybody. */
    void dropFence() {
        store.isFenced = false;
    }

    ClusterState state() {
        return store.durable();
    }

    SimOracle oracle() {
        return oracle;
    }

    /** Everything that happened, messages that arrived included. */
    long steps() {
        return steps + net.delivered();
    }

    /** One random thing happens, and then anything between nothing and much of what waits. */
    void chaos() {
        net.lossRate(LOSS);
        steps++;
        switch (random.nextInt(32)) {
            case 0, 1, 2 -> deployIfFew();
            case 3 -> deleteAny();
            case 4 -> anyWorker().crash();
            case 5, 6 -> startWorker(anyWorker());
            case 7 -> leave(anyWorker());
            case 8 -> anyWorker().paused = random.nextBoolean();
            case 9 -> migrateAny();
            case 10 -> drainWorker(anyWorker());
            case 11 -> cordon(anyWorker(), random.nextBoolean());
            case 12 -> atAny(plane -> plane.moves().rebalance(new Rebalance(CALLER)));
            case 13, 14, 15 -> disturbCoordinators();
            case 16 -> store.isFull = random.nextInt(3) == 0;
            case 17 -> partition();
            case 18, 19 -> net.heal();
            default -> pass(random.nextDouble());
        }
        applyAny();
        IntStream.range(0, random.nextInt(16)).forEach(i -> net.deliverAny());
        checkBelief();
    }

    private void disturbCoordinators() {
        var node = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(6)) {
            case 0 -> node.crash();
            case 1 -> nodes.forEach(SimNode::start);
            case 2 -> node.stopped = node.alive;
            case 3 -> node.resume();
            case 4 -> jump(node);
            default -> IntStream.range(0, random.nextInt(STEPS_PER_LONG_PAUSE)).forEach(i -> pass(1));
        }
    }

    private void jump(SimNode node) {
        var by = Duration.ofMillis(random.nextInt(20_000));
        if (random.nextBoolean()) {
            node.shift(by); // ahead, which only costs it its term
        } else if (!steadyClocks && random.nextBoolean()) {
            storeOffset = storeOffset.plus(random.nextBoolean() ? by : by.negated());
        } else if (!steadyClocks) {
            node.shift(by.negated());
        }
    }

    private void partition() {
        net.heal();
        for (var node : nodes) {
            if (random.nextInt(3) == 0) {
                net.cut(node.name);
            }
        }
        workerList.stream().filter(worker -> random.nextInt(4) == 0).forEach(worker -> net.cut(worker.id));
    }

    /** With clocks that run evenly, a leader stops believing before another can begin. */
    private void checkBelief() {
        long leaders = nodes.stream().filter(SimNode::leads).count();
        SimOracle.require(!steadyClocks || leaders <= 1, "two believe that they lead");
    }

    /** The faults are over: everybody lives, nothing is lost, and time passes until all is as it should be. */
    void calm(Duration longest) {
        store.isFull = false;
        net.lossRate(0);
        net.heal();
        nodes.forEach(SimNode::resume);
        nodes.forEach(SimNode::start);
        net.drain();
        workerList.forEach(worker -> worker.paused = false);
        workerList.stream().filter(worker -> !worker.alive).forEach(this::startWorker);
        long passesMax = longest.dividedBy(STEP);
        for (long i = 0, quiet = 0; i < passesMax && quiet < 2; i++) {
            pass(1);
            net.drain();
            if (i % STEPS_PER_SWEEP == STEPS_PER_SWEEP - 1) {
                uncordonAll();
                workerList.stream().filter(worker -> !worker.alive).forEach(this::startWorker); // one that was retired
                quiet = leader() != null && oracle.isQuiet(state()) ? quiet + 1 : 0;
            }
        }
    }

    private void uncordonAll() {
        state().listed()
                .filter(worker -> worker.state() != Worker.State.ACTIVE)
                .forEach(worker -> cordon(workers.get(worker.id()), false));
        net.drain();
    }

    private @Nullable SimNode leader() {
        return nodes.stream().filter(SimNode::leads).findFirst().orElse(null);
    }

    private void deployIfFew() {
        if (state().groups().size() < GROUPS_MAX) {
            deploy();
        }
    }

    void deploy() {
        int pipelines = 1 + random.nextInt(4);
        var specs = IntStream.range(0, pipelines)
                .mapToObj(i -> new PipelineSpec("p" + i, "ok", null, 1 + random.nextInt(2), null))
                .toList();
        var strategy = random.nextBoolean() ? "least_loaded" : null;
        var request = new Deploy(new GroupSpec("g", specs, null, strategy), CALLER);
        atAny(plane -> plane.deployments().deploy(request))
                .onSuccess(view -> oracle.acknowledged(view.id(), store.durable()));
    }

    private void deleteAny() {
        var ids = List.copyOf(state().groups().keySet());
        if (!ids.isEmpty()) {
            var id = ids.get(random.nextInt(ids.size()));
            oracle.doom(id);
            atAny(plane -> plane.deployments().delete(new Delete(id, CALLER)));
        }
    }

    private void migrateAny() {
        anyPlacement(placement -> {
            var id = placement.id();
            var request = new Migrate(id.groupId(), id.name(), anyWorker().id, CALLER);
            atAny(plane -> plane.moves().migrate(request));
        });
    }

    /** An event for the copy that is shown to everybody. */
    private void applyAny() {
        anyPlacement(placement -> {
            if (placement.isRunning()) {
                var worker = workers.get(placement.workerId());
                net.later(() -> worker.apply(placement.pipelineId(), placement.epoch()));
            }
        });
    }

    private void anyPlacement(Consumer<Placement> use) {
        var placements = state().placements().toList();
        if (!placements.isEmpty()) {
            use.accept(placements.get(random.nextInt(placements.size())));
        }
    }

    private void drainWorker(SimWorker worker) {
        var request = new Drain(worker.id, 5, random.nextBoolean(), null, CALLER);
        atAny(plane -> plane.moves().drain(request));
    }

    private void cordon(SimWorker worker, boolean cordoned) {
        atAny(plane -> plane.moves().cordon(new Cordon(worker.id, cordoned, null, CALLER)));
    }

    private SimWorker anyWorker() {
        return workerList.get(random.nextInt(workerList.size()));
    }

    /** Somebody asks whoever serves; during a change that may be one who does not know yet that he leads no more. */
    private <T> Future<T> atAny(Function<ControlPlane, Future<T>> request) {
        var serving = nodes.stream().filter(node -> node.plane() != null).toList();
        return serving.isEmpty()
                ? Future.failedFuture(Problem.busy("no_leader", "nobody"))
                : serving.get(random.nextInt(serving.size())).ask(request);
    }

    /** The same from a worker, which may be cut off from there. */
    private <T> Future<T> askFrom(SimWorker worker, Function<ControlPlane, Future<T>> request) {
        var serving = nodes.stream().filter(node -> node.plane() != null).toList();
        if (serving.isEmpty()) {
            return Future.failedFuture(Problem.busy("no_leader", "nobody"));
        }
        var node = serving.get(random.nextInt(serving.size()));
        return net.loses(worker.id, node.name)
                ? Future.failedFuture(Problem.timeout("lost"))
                : node.ask(request)
                        .compose(answer -> net.loses(node.name, worker.id)
                                ? Future.failedFuture(Problem.timeout("lost"))
                                : Future.succeededFuture(answer));
    }

    private void pass(double heardRate) {
        clock.advance(STEP);
        passes++;
        steps++;
        nodes.forEach(SimNode::wake);
        workerList.stream()
                .filter(worker -> worker.alive && !worker.paused)
                .filter(worker -> nodes.stream().noneMatch(node -> net.isCut(worker.id, node.name)))
                .forEach(SimWorker::keep);
        if (passes % STEPS_PER_TICK == 0) {
            steps++;
            workerList.stream()
                    .filter(worker -> worker.alive && !worker.paused && random.nextDouble() < heardRate)
                    .forEach(this::heartbeat);
            nodes.forEach(node -> node.tick(passes % STEPS_PER_SWEEP == 0));
        }
    }

    private void heartbeat(SimWorker worker) {
        var beat = worker.heartbeat();
        var sent = clock.instant();
        Runnable arrival = () -> askFrom(worker, plane -> plane.registry().heartbeat(beat))
                .onSuccess(ack -> answered(worker, beat.instanceId(), sent, ack.stopPipelines()))
                .onFailure(cause -> refused(worker, cause));
        net.later(arrival);
        if (net.doubles()) {
            net.later(arrival);
        }
    }

    private void answered(SimWorker worker, @Nullable String instance, Instant sent, List<String> toStop) {
        net.later(() -> {
            if (worker.alive && !worker.paused && worker.instance().equals(instance)) {
                worker.acknowledged(sent, toStop);
            }
        });
    }

    private void refused(SimWorker worker, Throwable cause) {
        var problem = Problem.in(cause);
        if (problem != null && problem.code().equals("worker_not_found")) {
            register(worker);
        } else if (problem != null && problem.code().equals("worker_deregistered")) {
            worker.crash(); // it runs nothing any more
        }
    }

    private void startWorker(SimWorker worker) {
        worker.start();
        register(worker);
    }

    /** What a worker says of itself is true when it says so; if it gets no answer, its heartbeats lead here again. */
    private void register(SimWorker worker) {
        var instance = worker.instance();
        net.later(() -> {
            if (worker.alive && worker.instance().equals(instance)) {
                var request = worker.register();
                net.later(() -> askFrom(worker, plane -> plane.registry().register(request)));
            }
        });
    }

    private void leave(SimWorker worker) {
        if (worker.alive) {
            var request = new Leave(worker.id, worker.instance());
            atAny(plane -> plane.registry().leave(request)).onSuccess(left -> {
                if (worker.instance().equals(request.instanceId())) {
                    worker.crash();
                }
            });
        }
    }
}
