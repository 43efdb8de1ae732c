package dev.skein.coordinator.state;

import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What somebody wants to run.
 *
 * @param deleting whether it only waits for the end of its copies
 * @param placements in the order of the spec, then by replica
 */
public record Group(String id, GroupSpec spec, Instant createdAt, boolean deleting, List<Placement> placements) {
    public Group {
        placements = List.copyOf(placements);
    }

    public Optional<Placement> placement(String name) {
        return placements.stream()
                .filter(placement -> placement.id().name().equals(name))
                .findFirst();
    }

    /** The pipeline a placement is a copy of. */
    public PipelineSpec pipelineOf(Placement placement) {
        return spec.pipelines().stream()
                .filter(pipeline -> pipeline.name().equals(placement.pipeline()))
                .findFirst()
                .orElseThrow();
    }

    public Group deletion() {
        return new Group(id, spec, createdAt, true, placements);
    }

    /** This group with every placement replaced; the same group when none differs. */
    public Group map(UnaryOperator<Placement> change) {
        var changed = new ArrayList<Placement>(placements.size());
        boolean same = true;
        for (var placement : placements) {
            var next = change.apply(placement);
            same &= next.equals(placement);
            changed.add(next.equals(placement) ? placement : next);
        }
        return same ? this : new Group(id, spec, createdAt, deleting, changed);
    }

    /** The API's word. */
    public String status() {
        if (deleting) {
            return "torn_down";
        }
        long running = placements.stream().filter(Placement::isRunning).count();
        if (running == placements.size()) {
            return "running";
        }
        if (running > 0) {
            return "partially_running";
        }
        return placements.stream().anyMatch(Placement::isDeploying) ? "deploying" : "failed";
    }
}
