package dev.skein.coordinator.groups;

import dev.skein.kernel.Ids;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.GroupSpec.RouteSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that is wrong with a spec, in its order. Pure. */
final class SpecFaults {
    private static final Pattern GROUP_NAME = Pattern.compile("\\P{Cntrl}{1,128}");
    private static final Set<String> STRATEGIES = Set.of("round_robin", "least_loaded");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._/-]{1,64}");
    private static final int PLACEMENTS_MAX = 10_000;

    private final GroupSpec spec;
    private final List<String> faults = new ArrayList<>();

    private SpecFaults(GroupSpec spec) {
        this.spec = spec;
    }

    /** All faults as one refusal; null when there is none. */
    static @Nullable Problem problem(GroupSpec spec) {
        var faults = of(spec);
        return faults.isEmpty()
                ? null
                : new Problem(Kind.INVALID, "invalid_group", "the group is invalid: " + faults.get(0), faults);
    }

    static List<String> of(GroupSpec spec) {
        var check = new SpecFaults(spec);
        check.group();
        check.pipelines();
        check.routes();
        return List.copyOf(check.faults);
    }

    private void group() {
        if (isBlank(spec.name()) || !GROUP_NAME.matcher(spec.name()).matches()) {
            faults.add("name must be 1 to 128 characters without control characters");
        }
        if (spec.placement() != null && !STRATEGIES.contains(spec.placement())) {
            faults.add("placement must be round_robin or least_loaded, got " + spec.placement());
        }
        if (spec.spreadBy() != null && !LABEL.matcher(spec.spreadBy()).matches()) {
            faults.add("placement.spread_by must be the name of a label, got " + spec.spreadBy());
        }
        if (spec.pipelines().isEmpty()) {
            faults.add("pipelines must name at least one pipeline");
        }
    }

    private void pipelines() {
        var seen = new HashSet<String>();
        for (var pipeline : spec.pipelines()) {
            pipeline(pipeline);
            if (!seen.add(pipeline.name())) {
                faults.add("pipeline name " + pipeline.name() + " is used twice");
            }
        }
        long copies = spec.pipelines().stream().mapToLong(PipelineSpec::copies).sum();
        if (copies > PLACEMENTS_MAX) {
            faults.add("a group may have " + PLACEMENTS_MAX + " copies of pipelines, this one has " + copies);
        }
    }

    private void pipeline(PipelineSpec pipeline) {
        if (isBlank(pipeline.name()) || !Ids.PIPELINE.matcher(pipeline.name()).matches()) {
            faults.add(
                    "pipeline name must be 1 to 64 of A-Z a-z 0-9 . _ - and not begin with _, got " + pipeline.name());
        }
        if (pipeline.source() == null) { // an empty program is the checker's concern
            faults.add("source of " + pipeline.name() + " is missing");
        }
        if (pipeline.copies() < 1 || pipeline.copies() > GroupSpec.REPLICAS_MAX) {
            faults.add("replicas of " + pipeline.name() + " must be 1 to " + GroupSpec.REPLICAS_MAX + ", got "
                    + pipeline.copies());
        }
    }

    private void routes() {
        var names = spec.pipelines().stream().map(PipelineSpec::name).collect(Collectors.toSet());
        for (var route : spec.routes()) {
            route(route, names);
        }
    }

    private void route(RouteSpec route, Set<String> names) {
        var shown = "route " + route.fromPipeline() + " -> " + route.toPipeline();
        if (!GroupSpec.EXTERNAL.equals(route.fromPipeline()) && !names.contains(route.fromPipeline())) {
            faults.add(shown + ": from_pipeline must be _external or a pipeline of the group");
        }
        if (!names.contains(route.toPipeline())) {
            faults.add(shown + ": to_pipeline is no pipeline of the group");
        }
        if (route.eventTypes().isEmpty()) {
            faults.add(shown + ": event_types must name at least one pattern");
        }
        if (route.eventTypes().stream().anyMatch(SpecFaults::isBlank)) {
            faults.add(shown + ": a pattern must not be empty");
        }
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
