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
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Workspaces that are added, looked at and removed. The directory is one of this node's. Thread-safe. */
public final class WorkspaceCalls {
    /** A large directory is walked once before it is added. */
    private static final Duration SURVEY = Duration.ofSeconds(60);

    private final Coordinator coordinator;
    private final Bus bus;
    private final InstantSource wall;
    private final RepositoryCalls repositories;

    public WorkspaceCalls(Coordinator coordinator, Bus bus, InstantSource wall) {
        this.coordinator = coordinator;
        this.bus = bus;
        this.wall = wall;
        this.repositories = new RepositoryCalls(coordinator, bus);
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
            List<HeldShard> shards,
            Instant answeredAt,
            @JsonUnwrapped CoverageView coverage) {
        static StatusView of(Statuses found, Instant at) {
            return new StatusView(
                    found.shards().stream().map(HeldShard::of).toList(), at, CoverageView.of(found.coverage()));
        }
    }

    public Map<String, Handler> handlers() {
        return Map.of(
                "createWorkspace", this::create,
                "listWorkspaces", this::list,
                "getWorkspace", this::get,
                "deleteWorkspace", this::delete,
                "refreshWorkspace", call -> repositories.refresh(call.at("name")),
                "workspaceStatus", this::status);
    }

    private Future<Answer> create(Call call) {
        var given = Json.as(NewWorkspace.class, call.checked());
        given.check();
        if (given.git() != null) {
            return repositories.add(given.add(call.caller()));
        }
        return bus.askAt(bus.here(), Workspaces.CREATE, given.create(call.caller()), SURVEY)
                .map(added -> Answer.created(WorkspaceView.of(added, null)));
    }

    /** What is being copied comes after what there is. */
    private Future<Answer> list(Call call) {
        var page = Pages.wanted(call);
        var copies = repositories.all();
        return coordinator
                .read(Workspaces.LIST, new Workspaces.ListAll(page.limit(), page.offset()))
                .compose(found -> copies.map(all -> {
                    var shown = new ArrayList<>(found.workspaces().stream()
                            .map(view -> WorkspaceView.of(view, RepositoryCalls.of(view, all)))
                            .toList());
                    var pending = RepositoryCalls.pending(all);
                    int from = Math.min(pending.size(), Math.max(0, page.offset() - found.total()));
                    int to = Math.min(pending.size(), from + page.limit() - shown.size());
                    pending.subList(from, to).forEach(copy -> shown.add(WorkspaceView.of(copy)));
                    int total = found.total() + pending.size();
                    return Answer.ok(new WorkspaceList(shown, total, Pages.of(page, shown.size(), total)));
                }));
    }

    private Future<Answer> get(Call call) {
        return repositories.get(call.at("name")).map(Answer::ok);
    }

    private Future<Answer> delete(Call call) {
        var name = call.at("name");
        return coordinator
                .change(Workspaces.REMOVE, new Workspaces.Remove(name, call.caller()), Coordinator.CHANGE)
                .recover(cause ->
                        RepositoryCalls.isUnknown(cause) ? repositories.drop(name, cause) : Future.failedFuture(cause))
                .map(Answer::ok);
    }

    private Future<Answer> status(Call call) {
        return bus.askAt(bus.here(), Queries.STATUS, new Queries.Status(call.at("name")), SymbolCalls.ASK)
                .map(found -> Answer.ok(StatusView.of(found, wall.instant())));
    }
}
