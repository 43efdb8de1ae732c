package dev.skein.coordinator.groups;

import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Leftover;
import dev.skein.coordinator.state.Placement;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.vpl.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What becomes of a group under another spec: what stays the same is the same object. Pure.
 *
 * @param group as it will be; placements that are new in it have no worker yet
 * @param changed copies that are deployed again where they are, since their program is another, as they were before
 * @param leftovers copies that must end
 */
record Revision(Group group, List<Placement> changed, List<Leftover> leftovers) {
    static Revision of(Group known, GroupSpec spec, Map<String, List<Diagnostic>> checked) {
        var next = new ArrayList<Placement>();
        var changed = new ArrayList<Placement>();
        long floor = known.placements().stream()
                .mapToLong(Placement::lastEpoch)
                .max()
                .orElse(0); // a name that comes back must not begin below what its workers remember
        for (var pipeline : spec.pipelines()) {
            boolean same = isSame(known, pipeline);
            var found = checked.getOrDefault(pipeline.source(), List.of());
            Deployments.wanted(known.id(), pipeline, found).forEach(wanted -> {
                var before = known.placement(wanted.id().name()).orElse(null);
                if (before == null) {
                    next.add(wanted.above(floor));
                } else if (same) {
                    next.add(before);
                } else {
                    changed.add(before);
                    next.add(again(before, found));
                }
            });
        }
        var group = new Group(known.id(), spec, known.createdAt(), false, next);
        return new Revision(group, changed, leftovers(known, group, changed));
    }

    private static boolean isSame(Group known, PipelineSpec pipeline) {
        return known.spec().pipelines().stream()
                .anyMatch(before ->
                        before.name().equals(pipeline.name()) && before.source().equals(pipeline.source()));
    }

    private static Placement again(Placement before, List<Diagnostic> warnings) {
        return before.workerId().isEmpty()
                ? Placement.wanted(before.id(), before.pipeline(), warnings).above(before.lastEpoch())
                : before.assigned(before.workerId()).warned(warnings);
    }

    private static List<Leftover> leftovers(Group known, Group next, List<Placement> changed) {
        return known.placements().stream()
                .filter(placement -> !placement.pipelineId().isEmpty())
                .filter(placement -> changed.contains(placement)
                        || next.placement(placement.id().name()).isEmpty())
                .map(placement -> new Leftover(placement.workerId(), placement.pipelineId()))
                .toList();
    }
}
