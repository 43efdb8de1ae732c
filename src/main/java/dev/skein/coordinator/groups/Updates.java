package dev.skein.coordinator.groups;

import dev.skein.coordinator.ledger.Audit;
import dev.skein.coordinator.ledger.Stepped;
import dev.skein.coordinator.orders.Control;
import dev.skein.coordinator.placement.Reconciler;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Placement;
import dev.skein.kernel.Ids;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.Groups.Plan;
import dev.skein.pipeline.Groups.PlanAsk;
import dev.skein.pipeline.Groups.Update;
import dev.skein.pipeline.Groups.View;
import dev.skein.pipeline.Hosting.Hold;
import dev.skein.pipeline.link.HostLink;
import dev.skein.pipeline.vpl.Diagnostic;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Groups that become another in place, and what that would do. Confined to the coordinator's event loop. */
public final class Updates {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final long REST_MILLIS = 3_000;

    private final Control control;
    private final ProgramCheck programs;
    private final HostLink link;
    private final InstantSource clock;

    public Updates(Control control, ProgramCheck programs, HostLink link, InstantSource clock) {
        this.control = control;
        this.programs = programs;
        this.link = link;
        this.clock = clock;
    }

    /** Answers when every placement runs or has failed, at the latest after a minute. */
    public Future<View> update(Update request) {
        return checked(request.spec())
                .compose(sound -> comeToRest(request, sound))
                .compose(sound -> control.ledger().step(state -> revised(state, request, sound)))
                .compose(this::await);
    }

    private Future<Map<String, List<Diagnostic>>> checked(GroupSpec spec) {
        var fault = SpecFaults.problem(spec);
        if (fault != null) {
            return Future.failedFuture(fault);
        }
        var sources = spec.pipelines().stream().map(PipelineSpec::source).collect(Collectors.toSet());
        return programs.check(sources);
    }

    /** What runs goes on rather than make room for a program that cannot run. */
    private static void requireSound(GroupSpec spec, Map<String, List<Diagnostic>> checked) {
        var errors = new ArrayList<String>();
        for (var pipeline : spec.pipelines()) {
            checked.getOrDefault(pipeline.source(), List.of()).stream()
                    .filter(Diagnostic::isError)
                    .forEach(error -> errors.add(pipeline.name() + ": " + error));
        }
        if (!errors.isEmpty()) {
            throw new Problem(Kind.INVALID, "invalid_group", "a program has errors: " + errors.get(0), errors);
        }
    }

    /** Copies whose program changes finish what they have; one that does not is interrupted. */
    private Future<Map<String, List<Diagnostic>>> comeToRest(Update request, Map<String, List<Diagnostic>> sound) {
        requireSound(request.spec(), sound);
        var state = control.ledger().committed();
        var revision = Revision.of(known(state, request.groupId()), request.spec(), sound);
        var rests = revision.changed().stream()
                .filter(Placement::isRunning)
                .map(placement -> hold(state, placement))
                .toList();
        return Future.join(rests).otherwiseEmpty().map(sound);
    }

    private Future<?> hold(ClusterState state, Placement placement) {
        var order = new Hold(placement.pipelineId(), placement.epoch(), placement.lastEpoch() + 1, REST_MILLIS);
        return state.listed(placement.workerId())
                .<Future<?>>map(worker -> link.hold(worker.host(), order))
                .orElseGet(Future::succeededFuture);
    }

    private Stepped<Group> revised(ClusterState state, Update request, Map<String, List<Diagnostic>> sound) {
        var revision = Revision.of(known(state, request.groupId()), request.spec(), sound);
        var next = placed(state, revision);
        var group = next.groups().getOrDefault(request.groupId(), revision.group());
        return Stepped.to(next.withLeftovers(revision.leftovers()), group)
                .noting(new Audit(request.caller(), "group.update", request.groupId(), "ok"));
    }

    private ClusterState placed(ClusterState state, Revision revision) {
        var revised = state.with(revision.group());
        return Reconciler.deploy(revised, revision.group(), control.fleet().candidates(revised));
    }

    private static Group known(ClusterState state, String groupId) {
        var group = state.groups().get(groupId);
        if (group == null || group.deleting()) {
            throw Deployments.unknown(groupId);
        }
        return group;
    }

    private Future<View> await(Group group) {
        var placements = group.placements().stream().map(Placement::id).toList();
        return control.settlement()
                .settled(placements, clock.instant().plus(DEADLINE))
                .map(done -> view(group.id()));
    }

    private View view(String groupId) {
        var state = control.ledger().committed();
        return GroupViews.whole(state, known(state, groupId));
    }

    /** What deploying or updating would do right now. */
    public Future<Plan> plan(PlanAsk ask) {
        return checked(ask.spec()).map(found -> planned(ask.groupId(), ask.spec(), found));
    }

    private Plan planned(@Nullable String groupId, GroupSpec spec, Map<String, List<Diagnostic>> found) {
        var state = control.ledger().working();
        var group = groupId == null ? null : known(state, groupId);
        var id = groupId == null ? Ids.uuid() : groupId;
        var revision = group == null
                ? new Revision(
                        new Group(id, spec, clock.instant(), false, Deployments.wanted(id, spec, found)),
                        List.of(),
                        List.of())
                : Revision.of(group, spec, found);
        var after = placed(state, revision);
        return new Explanation(state, after, control.fleet()).of(group, id);
    }
}
