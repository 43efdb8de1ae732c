package dev.skein.http.api.workspaces;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.skein.bus.Bus;
import dev.skein.http.api.Pages;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.json.Json;
import dev.skein.index.feed.Feeds.Fault;
import dev.skein.index.query.Queries;
import dev.skein.index.query.Queries.ShardStatus;
import dev.skein.index.query.Queries.Statuses;
import dev.skein.index.workspace.Workspaces;
import dev.skein.index.workspace.Workspaces.Shard;
import dev.skein.index.workspace.Workspaces.View;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Workspaces that are added, looked at and removed. The directory is one of this node's. Thread-safe. */
public final class WorkspaceCalls {
    /** A large directory is walked once before it is added. */
    private static final Duration SURVEY = Duration.ofSeconds(60);

    private final Coordinator coordinator;
    private final Bus bus;

    public WorkspaceCalls(Coordinator coordinator, Bus bus) {
        this.coordinator = coordinator;
        this.bus = bus;
    }

    private record Given(String name, String root, @Nullable List<String> sourceRoots) {}

    private record ShardView(
            String root,
            int files,
            long bytes,
            @Nullable String worker,
            long epoch,
            @Nullable String spare) {
        static ShardView of(Shard shard) {
            return new ShardView(
                    shard.root(), shard.files(), shard.bytes(), shard.worker(), shard.epoch(), shard.spare());
        }
    }

    private record WorkspaceView(
            String id, String name, String root, String router, List<String> sourceRoots, List<ShardView> shards) {
        static WorkspaceView of(View view) {
            var shards = view.shards().stream().map(ShardView::of).toList();
            return new WorkspaceView(view.id(), view.name(), view.root(), view.router(), view.sourceRoots(), shards);
        }
    }

    private record WorkspaceList(List<WorkspaceView> workspaces, int total, Pages pagination) {}

    private record HeldShard(
            String root,
            @Nullable String worker,
            long epoch,
            boolean complete,
            boolean stale,
            @Nullable Instant asOf,
            int files,
            long symbols,
            long symbolBytes,
            List<Fault> faults,
            long received,
            @Nullable String spare,
            @Nullable Instant spareAsOf) {
        static HeldShard of(ShardStatus status) {
            var fresh = status.freshness();
            return new HeldShard(
                    fresh.shard().root(),
                    status.worker(),
                    fresh.shard().epoch(),
                    fresh.complete(),
                    fresh.stale(),
                    CoverageView.time(fresh.asOfMillis()),
                    status.files(),
                    status.symbols(),
                    status.bytes(),
                    status.faults(),
                    status.copied().received(),
                    status.copied().spare(),
                    CoverageView.time(status.copied().spareAsOfMillis()));
        }
    }

    private record StatusView(
            List<HeldShard> shards, @JsonUnwrapped CoverageView coverage) {
        static StatusView of(Statuses found) {
            return new StatusView(
                    found.shards().stream().map(HeldShard::of).toList(), CoverageView.of(found.coverage()));
        }
    }

    public Map<String, Handler> handlers() {
        return Map.of(
                "createWorkspace", this::create,
                "listWorkspaces", this::list,
                "getWorkspace", this::get,
                "deleteWorkspace", this::delete,
                "workspaceStatus", this::status);
    }

    private Future<Answer> create(Call call) {
        var given = Json.as(Given.class, call.checked());
        var sourceRoots = given.sourceRoots == null ? List.<String>of() : given.sourceRoots;
        var create = new Workspaces.Create(given.name, given.root, sourceRoots, call.caller());
        return bus.askAt(bus.here(), Workspaces.CREATE, create, SURVEY)
                .map(added -> Answer.created(WorkspaceView.of(added)));
    }

    private Future<Answer> list(Call call) {
        var page = Pages.wanted(call);
        return coordinator
                .read(Workspaces.LIST, new Workspaces.ListAll(page.limit(), page.offset()))
                .map(found -> Answer.ok(new WorkspaceList(
                        found.workspaces().stream().map(WorkspaceView::of).toList(),
                        found.total(),
                        Pages.of(page, found.workspaces().size(), found.total()))));
    }

    private Future<Answer> get(Call call) {
        return coordinator
                .read(Workspaces.GET, new Workspaces.Get(call.at("name")))
                .map(found -> Answer.ok(WorkspaceView.of(found)));
    }

    private Future<Answer> delete(Call call) {
        var remove = new Workspaces.Remove(call.at("name"), call.caller());
        return coordinator.change(Workspaces.REMOVE, remove, Coordinator.CHANGE).map(Answer::ok);
    }

    private Future<Answer> status(Call call) {
        return bus.askAt(bus.here(), Queries.STATUS, new Queries.Status(call.at("name")), SymbolCalls.ASK)
                .map(found -> Answer.ok(StatusView.of(found)));
    }
}
