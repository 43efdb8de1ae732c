package dev.skein.coordinator.placement;

import dev.skein.config.Secret;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import dev.skein.coordinator.state.Worker;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A small cluster in any condition, the same for the same seed. */
final class RandomCluster {
    private static final List<String> LABELS = List.of("zone=a", "zone=b", "zone=c", "rack=1", "rack=2", "ssd");

    private final Random random;
    private ClusterState state = ClusterState.EMPTY;

    RandomCluster(long seed) {
        random = new Random(seed);
        int workers = 1 + random.nextInt(12);
        for (int i = 0; i < workers; i++) {
            state = state.with(worker("w" + random.nextInt(100)));
        }
        int groups = 1 + random.nextInt(3);
        for (int i = 0; i < groups; i++) {
            state = state.with(group("g" + i));
        }
        state = state.withLastChosen(random.nextBoolean() ? "" : anyWorker());
    }

    Random random() {
        return random;
    }

    ClusterState state() {
        return state;
    }

    private Worker worker(String id) {
        var labels = LABELS.stream().filter(label -> random.nextInt(3) == 0).toList();
        return new Worker(
                id,
                "http://" + id,
                new Secret("key"),
                1 + random.nextInt(4),
                random.nextInt(7),
                "1",
                id + "@1",
                List.of(),
                labels,
                Worker.State.ACTIVE,
                Instant.EPOCH,
                null);
    }

    private String anyWorker() {
        return List.copyOf(state.workers().keySet())
                .get(random.nextInt(state.workers().size()));
    }

    private Group group(String id) {
        var pipelines = IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> new PipelineSpec(
                        "p" + i, "", random.nextInt(4) == 0 ? anyWorker() : null, 1 + random.nextInt(4), null))
                .toList();
        var strategy = random.nextBoolean() ? "least_loaded" : "round_robin";
        var spreadBy = List.of("zone", "rack", "none").get(random.nextInt(3));
        var spec = new GroupSpec(id, pipelines, null, strategy, random.nextBoolean() ? spreadBy : null);
        var placements =
                pipelines.stream().flatMap(each -> placements(id, each)).toList();
        return new Group(id, spec, Instant.EPOCH, false, placements);
    }

    private Stream<Placement> placements(String groupId, PipelineSpec pipeline) {
        return pipeline.placementNames().stream()
                .map(name -> Placement.wanted(new PlacementId(groupId, name), pipeline.name(), List.of()))
                .map(this::somehow);
    }

    private Placement somehow(Placement wanted) {
        var deploying = wanted.assigned(anyWorker());
        return switch (random.nextInt(6)) {
            case 0 -> wanted;
            case 1 -> wanted.unplaced("no room");
            case 2 -> deploying;
            case 3 -> deploying.failed("it broke");
            case 4 -> deploying.running("id", List.of()).moving(anyWorker());
            default -> deploying.running("id", List.of());
        };
    }

    /** Most of the workers, some of them busy with other things as well. */
    List<Candidate> candidates() {
        var candidates = new ArrayList<Candidate>();
        for (var worker : state.workers().values()) {
            if (random.nextInt(5) != 0) {
                candidates.add(new Candidate(
                        worker.id(),
                        worker.cpuCores(),
                        state.takenOn(worker.id()) + random.nextInt(2),
                        worker.maxPipelines(),
                        random.nextInt(4) == 0));
            }
        }
        return candidates;
    }
}
