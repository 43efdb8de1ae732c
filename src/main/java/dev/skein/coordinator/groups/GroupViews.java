package dev.skein.coordinator.groups;

import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Placement;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.Groups.View;
import dev.skein.pipeline.vpl.Diagnostic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups as the API shows them. */
final class GroupViews {
    private GroupViews() {}

    static View whole(ClusterState state, Group group) {
        return of(state, group, sources(group));
    }

    static View inList(ClusterState state, Group group) {
        return of(state, group, null);
    }

    private static View of(ClusterState state, Group group, @Nullable Map<String, String> sources) {
        return new View(
                group.id(),
                group.spec().name(),
                group.status(),
                group.spec().pipelines().size(),
                group.placements().stream()
                        .map(placement -> of(state, placement))
                        .toList(),
                group.createdAt(),
                sources);
    }

    private static dev.skein.pipeline.Groups.Placement of(ClusterState state, Placement placement) {
        boolean failed = placement.status() == Placement.Status.FAILED;
        var worker = state.workers().get(placement.workerId());
        return new dev.skein.pipeline.Groups.Placement(
                placement.id().name(),
                placement.workerId(),
                worker == null ? "" : worker.address(),
                placement.pipelineId(),
                placement.status().word(),
                placement.epoch(),
                placement.error(),
                failed ? orNull(placement.diagnostics()) : null,
                failed ? null : orNull(placement.diagnostics()));
    }

    private static @Nullable List<Diagnostic> orNull(List<Diagnostic> diagnostics) {
        return diagnostics.isEmpty() ? null : diagnostics;
    }

    private static Map<String, String> sources(Group group) {
        var sources = new LinkedHashMap<String, String>();
        for (PipelineSpec pipeline : group.spec().pipelines()) {
            sources.put(pipeline.name(), pipeline.source());
        }
        return sources;
    }
}
