package dev.skein.coordinator.groups;

import dev.skein.coordinator.ledger.Audit;
import dev.skein.coordinator.ledger.Stepped;
import dev.skein.coordinator.orders.Control;
import dev.skein.coordinator.placement.Reconciler;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Leftover;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import dev.skein.kernel.Ids;
import dev.skein.kernel.Page;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.Groups.Delete;
import dev.skein.pipeline.Groups.Deploy;
import dev.skein.pipeline.Groups.Get;
import dev.skein.pipeline.Groups.ListAll;
import dev.skein.pipeline.Groups.Listed;
import dev.skein.pipeline.Groups.TornDown;
import dev.skein.pipeline.Groups.View;
import dev.skein.pipeline.vpl.Diagnostic;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything about groups. Confined to the coordinator's event loop. */
public final class Deployments {
    private static final Duration DEPLOY_DEADLINE = Duration.ofSeconds(60);

    private final Control control;
    private final ProgramCheck programs;
    private final InstantSource clock;
    private final Set<String> deleting = new HashSet<>(); // by a call that still waits

    public Deployments(Control control, ProgramCheck programs, InstantSource clock) {
        this.control = control;
        this.programs = programs;
        this.clock = clock;
    }

    /** Answers when every placement runs or has failed, at the latest after a minute. */
    public Future<View> deploy(Deploy request) {
        var fault = SpecFaults.problem(request.spec());
        if (fault != null) {
            return Future.failedFuture(fault);
        }
        if (noWorkers(control.ledger().working())) {
            return Future.failedFuture(noWorkersAvailable());
        }
        var sources =
                request.spec().pipelines().stream().map(PipelineSpec::source).collect(Collectors.toSet());
        return programs.check(sources)
                .compose(checked -> plan(request, checked))
                .compose(this::await);
    }

    public Future<View> get(Get request) {
        var state = control.ledger().committed();
        var group = state.groups().get(request.groupId());
        return group == null
                ? Future.failedFuture(unknown(request.groupId()))
                : Future.succeededFuture(GroupViews.whole(state, group));
    }

    public Future<Listed> list(ListAll request) {
        var state = control.ledger().committed();
        var page = new Page(request.limit(), request.offset())
                .of(List.copyOf(state.groups().values())).stream()
                        .map(group -> GroupViews.inList(state, group))
                        .toList();
        return Future.succeededFuture(new Listed(page, state.groups().size()));
    }

    /** Stops every copy that can be reached, and removes the group whether or not that worked. */
    public Future<TornDown> delete(Delete request) {
        var id = request.groupId();
        return control.ledger()
                .step(state -> Stepped.to(condemned(state, id), copies(state, id))
                        .noting(new Audit(request.caller(), "group.delete", id, "ok")))
                .compose(copies -> tearDown(id, copies));
    }

    /** Removes groups whose deletion was interrupted; to be called at each sweep. */
    public void finishDeletions() {
        control.ledger().committed().groups().values().stream()
                .filter(Group::deleting)
                .map(Group::id)
                .filter(id -> !deleting.contains(id))
                .toList()
                .forEach(id -> control.ledger().step(state -> Stepped.to(state.withoutGroup(id))));
    }

    private Future<Group> plan(Deploy request, Map<String, List<Diagnostic>> checked) {
        var id = Ids.uuid();
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var group = new Group(id, request.spec(), now, false, wanted(id, request.spec(), checked));
        return control.ledger().step(state -> {
            if (noWorkers(state)) {
                throw noWorkersAvailable();
            }
            return Stepped.to(Reconciler.deploy(state, group, control.fleet().candidates(state)), group)
                    .noting(new Audit(request.caller(), "group.deploy", id, "ok"));
        });
    }

    private Future<View> await(Group group) {
        var placements = group.placements().stream().map(Placement::id).toList();
        return control.settlement()
                .settled(placements, clock.instant().plus(DEPLOY_DEADLINE))
                .compose(done -> get(new Get(group.id())));
    }

    private boolean noWorkers(ClusterState state) {
        return !control.fleet().hasRoom(state);
    }

    static List<Placement> wanted(String groupId, GroupSpec spec, Map<String, List<Diagnostic>> checked) {
        return spec.pipelines().stream()
                .flatMap(pipeline -> wanted(groupId, pipeline, checked.getOrDefault(pipeline.source(), List.of())))
                .toList();
    }

    static Stream<Placement> wanted(String groupId, PipelineSpec pipeline, List<Diagnostic> diagnostics) {
        boolean bad = diagnostics.stream().anyMatch(Diagnostic::isError);
        return pipeline.placementNames().stream()
                .map(name -> Placement.wanted(new PlacementId(groupId, name), pipeline.name(), diagnostics))
                .map(placement -> bad ? placement.refused(diagnostics) : placement);
    }

    private static ClusterState condemned(ClusterState state, String groupId) {
        var group = state.groups().get(groupId);
        if (group == null || group.deleting()) {
            throw unknown(groupId);
        }
        return state.with(group.deletion()).withLeftovers(copies(state, groupId));
    }

    private static List<Leftover> copies(ClusterState state, String groupId) {
        var group = state.groups().get(groupId);
        return group == null
                ? List.of()
                : group.placements().stream()
                        .filter(Placement::isRunning)
                        .map(placement -> new Leftover(placement.workerId(), placement.pipelineId()))
                        .toList();
    }

    private Future<TornDown> tearDown(String groupId, List<Leftover> copies) {
        deleting.add(groupId);
        var stops = copies.stream().map(this::stop).toList();
        var names = names(groupId);
        return Future.join(stops)
                .otherwiseEmpty()
                .compose(done -> control.ledger().step(state -> Stepped.to(state.withoutGroup(groupId), state)))
                .map(state -> new TornDown(
                        true,
                        copies.stream()
                                .filter(state.leftovers()::contains)
                                .map(copy -> copy.workerId() + "/" + names.getOrDefault(copy, copy.pipelineId()))
                                .toList()))
                .onComplete(done -> deleting.remove(groupId));
    }

    private Future<Boolean> stop(Leftover copy) {
        return control.ledger().committed().leftovers().contains(copy)
                ? control.orders().stop(copy)
                : Future.succeededFuture(true);
    }

    private Map<Leftover, String> names(String groupId) {
        var group = control.ledger().committed().groups().get(groupId);
        return group == null
                ? Map.of()
                : group.placements().stream()
                        .filter(Placement::isRunning)
                        .collect(Collectors.toMap(
                                placement -> new Leftover(placement.workerId(), placement.pipelineId()),
                                placement -> placement.id().name(),
                                (one, other) -> one));
    }

    private static Problem noWorkersAvailable() {
        return Problem.busy("no_workers_available", "no worker is ready");
    }

    static Problem unknown(String groupId) {
        return Problem.notFound("group_not_found", "no pipeline group " + groupId);
    }
}
