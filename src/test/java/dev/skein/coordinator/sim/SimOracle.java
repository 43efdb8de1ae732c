package dev.skein.coordinator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Migration;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks at every commit and says what must never be. */
final class SimOracle {
    private record Order(PlacementId id, long epoch) {}

    private final Map<String, SimWorker> workers;
    private final Map<Order, String> ordered = new HashMap<>(); // to which worker, ever
    private final Set<String> doomed = new HashSet<>(); // groups that somebody asked to delete
    private long lastWriter;
    private long fingerprint;

    SimOracle(Map<String, SimWorker> workers) {
        this.workers = workers;
    }

    void doom(String groupId) {
        doomed.add(groupId);
    }

    /** Somebody was told that the group is there. */
    void acknowledged(String groupId, ClusterState durable) {
        require(durable.groups().containsKey(groupId) || doomed.contains(groupId), "an acknowledged group is lost");
    }

    /** Equal for two histories that went the same way. */
    long fingerprint() {
        return fingerprint;
    }

    void committed(long writer, ClusterState before, ClusterState after) {
        require(writer >= lastWriter, () -> "epoch " + writer + " writes after epoch " + lastWriter);
        lastWriter = writer;
        for (var group : before.groups().values()) {
            require(after.groups().containsKey(group.id()) || doomed.contains(group.id()), "a group vanishes");
        }
        for (var group : after.groups().values()) {
            if (before.groups().get(group.id()) != group) {
                group.placements().forEach(placement -> check(before, placement));
            }
        }
        if (after.groups() != before.groups()) {
            checkRoom(before, after);
        }
    }

    /**
     * Epochs only grow, each is given to one worker only, and only what was deployed there under it counts as running.
     */
    private void check(ClusterState before, Placement placement) {
        var known = before.placement(placement.id());
        require(known == null || placement.epoch() >= known.epoch(), "an epoch goes back");
        if (placement.isDeploying() || placement.isRunning()) {
            var order = new Order(placement.id(), placement.epoch());
            var worker = ordered.putIfAbsent(order, placement.workerId());
            require(
                    worker == null || worker.equals(placement.workerId()),
                    () -> "one epoch, two workers: " + placement);
            fingerprint = fingerprint * 31
                    + placement.epoch() * 7
                    + placement.workerId().hashCode();
        }
        if (placement.isRunning()) {
            require(placement.pipelineId().startsWith(placement.workerId()), () -> "it runs elsewhere: " + placement);
        }
        if (known != null && isSwitch(known, placement)) {
            checkHandOver(known, placement);
        }
    }

    private static boolean isSwitch(Placement known, Placement now) {
        return known.isRunning()
                && now.isRunning()
                && now.epoch() > known.epoch()
                && now.successorOf().equals(known.pipelineId());
    }

    /** The old copy is at rest, and the new one goes on exactly where it stopped. */
    private void checkHandOver(Placement old, Placement now) {
        var left = worker(old).applied(old.pipelineId());
        var right = worker(now).applied(now.pipelineId());
        require(
                left == null || right == null || left.equals(right),
                () -> "handed over at " + right + ", old one at " + left);
        worker(old).copies().stream()
                .filter(copy -> copy.pipelineId().equals(old.pipelineId()))
                .forEach(copy -> require(copy.heldFor() == now.epoch(), () -> "the old copy is not at rest: " + old));
    }

    private SimWorker worker(Placement placement) {
        return Objects.requireNonNull(workers.get(placement.workerId()));
    }

    private static void checkRoom(ClusterState before, ClusterState after) {
        after.takenWorkers().forEach(id -> {
            var worker = Objects.requireNonNull(after.workers().get(id));
            int places = after.takenOn(id);
            boolean fuller = places > before.takenOn(id);
            require(!fuller || places <= worker.maxPipelines(), () -> "worker " + id + " is overfull");
        });
    }

    /** After quiet: everything runs, exactly once, where it should. */
    void checkEnd(ClusterState state) {
        assertThat(state.placements())
                .allSatisfy(placement -> assertThat(placement.status()).isEqualTo(Placement.Status.RUNNING));
        assertThat(state.groups().values()).noneMatch(group -> group.deleting());
        assertThat(state.leftovers()).isEmpty();
        assertThat(state.placements()).noneMatch(Placement::isMoving);
        assertThat(state.migrations().values()).noneMatch(Migration::isUnderWay);
        assertThat(workers.values().stream().flatMap(worker -> worker.copies().stream()))
                .as("copies at rest for nobody")
                .noneMatch(copy -> copy.heldFor() != 0);
        assertThat(found()).isEqualTo(wanted(state));
    }

    /** Whether {@link #checkEnd} would find nothing. */
    boolean isQuiet(ClusterState state) {
        return state.leftovers().isEmpty()
                && state.placements().allMatch(placement -> placement.isRunning() && !placement.isMoving())
                && state.groups().values().stream().noneMatch(group -> group.deleting())
                && state.migrations().values().stream().noneMatch(Migration::isUnderWay)
                && workers.values().stream()
                        .flatMap(worker -> worker.copies().stream())
                        .allMatch(copy -> copy.heldFor() == 0)
                && found().equals(wanted(state));
    }

    private Set<String> found() {
        return workers.values().stream()
                .flatMap(worker ->
                        worker.copies().stream().map(copy -> worker.id + " " + copy.pipelineId() + " " + copy.epoch()))
                .collect(Collectors.toSet());
    }

    private static Set<String> wanted(ClusterState state) {
        return state.placements()
                .map(placement -> placement.workerId() + " " + placement.pipelineId() + " " + placement.epoch())
                .collect(Collectors.toSet());
    }

    static void require(boolean holds, String otherwise) {
        require(holds, () -> otherwise);
    }

    private static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }
}
