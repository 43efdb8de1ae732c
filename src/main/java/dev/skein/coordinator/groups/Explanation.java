package dev.skein.coordinator.groups;

import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.placement.Candidate;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.Worker;
import dev.skein.pipeline.Groups.Plan;
import dev.skein.pipeline.Groups.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan and its reasons in words, from the state it begins with and the one it would lead to. */
final class Explanation {
    private final ClusterState after;
    private final Fleet fleet;
    private final Map<String, Candidate> candidates;

    Explanation(ClusterState before, ClusterState after, Fleet fleet) {
        this.after = after;
        this.fleet = fleet;
        this.candidates =
                fleet.candidates(before).stream().collect(Collectors.toMap(Candidate::workerId, Function.identity()));
    }

    /** @param before the group as it is, null when it would be new */
    Plan of(@Nullable Group before, String groupId) {
        var group = Objects.requireNonNull(after.groups().get(groupId));
        var steps = new ArrayList<Step>();
        for (var placement : group.placements()) {
            var known = before == null
                    ? null
                    : before.placement(placement.id().name()).orElse(null);
            steps.add(step(group, known, placement));
        }
        if (before != null) {
            before.placements().stream()
                    .filter(known -> group.placement(known.id().name()).isEmpty())
                    .forEach(known -> steps.add(new Step(
                            known.id().name(), "remove", known.workerId(), List.of("it is not in the new spec"))));
        }
        return new Plan(
                group.spec().name(),
                steps,
                count(steps, "add"),
                count(steps, "keep"),
                count(steps, "change"),
                count(steps, "remove"));
    }

    private static int count(List<Step> steps, String action) {
        return (int) steps.stream().filter(step -> step.action().equals(action)).count();
    }

    private Step step(Group group, @Nullable Placement known, Placement now) {
        var name = now.id().name();
        if (now.equals(known)) {
            return new Step(name, "keep", now.workerId(), List.of("nothing about it changes"));
        }
        if (known != null && known.workerId().equals(now.workerId())) {
            return new Step(name, "change", now.workerId(), List.of("its program is another"));
        }
        return new Step(name, known == null ? "add" : "change", now.workerId(), reasons(group, now));
    }

    private List<String> reasons(Group group, Placement placement) {
        var reasons = new ArrayList<String>();
        if (placement.error() != null) {
            reasons.add(placement.error());
        }
        if (!placement.workerId().isEmpty()) {
            reasons.add(chosen(group, placement));
        }
        after.listed()
                .filter(worker -> !worker.id().equals(placement.workerId()))
                .map(worker -> skipped(group, placement, worker))
                .filter(reason -> !reason.isEmpty())
                .forEach(reasons::add);
        return reasons;
    }

    private String chosen(Group group, Placement placement) {
        var worker = placement.workerId();
        if (worker.equals(group.pipelineOf(placement).workerAffinity())) {
            return worker + " chosen: the pipeline is bound to it";
        }
        boolean leastLoaded = "least_loaded".equals(group.spec().placement());
        var candidate = candidates.get(worker);
        var load = candidate == null
                ? ""
                : ", %d of %d pipelines before".formatted(candidate.running(), candidate.maxPipelines());
        return worker + " chosen: " + (leastLoaded ? "fewest pipelines" : "next in turn") + load;
    }

    private String skipped(Group group, Placement placement, Worker worker) {
        var skipped = worker.id() + " skipped: ";
        if (worker.state() == Worker.State.CORDONED) {
            return skipped + "it is cordoned";
        }
        var candidate = candidates.get(worker.id());
        if (candidate == null) {
            return skipped + "it is " + fleet.status(after, worker).word();
        }
        if (!candidate.hasRoom()) {
            return skipped + "%d of %d pipelines".formatted(candidate.running(), candidate.maxPipelines());
        }
        if (candidate.isShortOfMemory()) {
            return skipped + "little memory is left";
        }
        boolean holdsCopy = group.placements().stream()
                .anyMatch(other -> other.pipeline().equals(placement.pipeline())
                        && !other.id().equals(placement.id())
                        && other.workerId().equals(worker.id()));
        return holdsCopy ? skipped + "another copy is there" : "";
    }
}
