package dev.skein.router.repository;

import dev.skein.bus.Bus;
import dev.skein.bus.Endpoint;
import dev.skein.cluster.Membership;
import dev.skein.git.Clones;
import dev.skein.git.GitConfig;
import dev.skein.index.workspace.Repositories;
import dev.skein.index.workspace.Repositories.Copy;
import dev.skein.index.workspace.Repositories.Drop;
import dev.skein.index.workspace.Repositories.Dropped;
import dev.skein.index.workspace.Repositories.Find;
import dev.skein.index.workspace.Repositories.Found;
import dev.skein.index.workspace.Repositories.Refresh;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Serves what is asked of copies of repositories, those of this node and, by asking, those of others. */
public final class RepositoryVerticle extends VerticleBase {
    private static final Duration OTHERS = Duration.ofSeconds(1);
    private static final Duration FORWARDED = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 1_000; // a hint may be lost

    private final Bus bus;
    private final GitConfig config;
    private final Path directory;
    private final Membership membership;
    private final InstantSource steady;
    private @Nullable Copies copies;

    /** @param directory of the copies, and of nothing else */
    public RepositoryVerticle(Bus bus, GitConfig config, Path directory, Membership membership, InstantSource steady) {
        this.bus = bus;
        this.config = config;
        this.directory = directory;
        this.membership = membership;
        this.steady = steady;
    }

    @Override
    public Future<?> start() {
        return vertx.executeBlocking(() -> Folder.at(directory), false).compose(this::serve);
    }

    private Future<?> serve(Folder folder) {
        var kept = new Copies(bus, new Clones(config, steady), new Bench(vertx, steady), folder);
        copies = kept;
        vertx.setPeriodic(LOOK_MILLIS, tick -> kept.look());
        return Future.all(List.of(
                bus.serveHere(Repositories.ADD, kept::add).completion(),
                bus.serveHere(Repositories.FIND, ask -> find(kept, ask)).completion(),
                bus.serveHere(Repositories.REFRESH, ask -> refresh(kept, ask)).completion(),
                bus.serveHere(Repositories.DROP, ask -> drop(kept, ask)).completion(),
                kept.atlas().start()));
    }

    private Future<Found> find(Copies kept, Find ask) {
        var own = kept.find(ask.name());
        if (ask.onlyHere()) {
            return Future.succeededFuture(new Found(own));
        }
        return others(Repositories.FIND, new Find(ask.name(), true)).map(all -> {
            var found = new ArrayList<>(own);
            all.forEach(each -> found.addAll(each.copies()));
            return new Found(found);
        });
    }

    /** Answers of all other nodes that have any. */
    private <Q extends Record, R extends Record> Future<List<R>> others(Endpoint<Q, R> endpoint, Q question) {
        var asked = membership.present().stream()
                .filter(life -> !life.equals(bus.here()))
                .map(life -> bus.askAt(life, endpoint, question, OTHERS).otherwiseEmpty())
                .toList();
        return Future.join(asked)
                .map(all -> asked.stream()
                        .map(Future::result)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList());
    }

    private Future<Copy> refresh(Copies kept, Refresh ask) {
        return kept.atlas()
                .look()
                .compose(done -> kept.atlas()
                        .find(ask.name())
                        .map(view -> refresh(kept, view))
                        .orElseGet(() -> Future.failedFuture(
                                Problem.notFound("workspace_not_found", "no workspace " + ask.name()))));
    }

    private Future<Copy> refresh(Copies kept, View view) {
        if (kept.has(view) || view.router().equals(bus.here().node())) {
            return kept.refresh(view);
        }
        return membership.present().stream()
                .filter(life -> life.node().equals(view.router()))
                .findFirst()
                .map(life -> bus.askAt(life, Repositories.REFRESH, new Refresh(view.name()), FORWARDED))
                .orElseGet(() -> Future.failedFuture(
                        Problem.unreachable("node %s, which has the copy, is away".formatted(view.router()))));
    }

    private Future<Dropped> drop(Copies kept, Drop ask) {
        boolean isHere = kept.drop(ask.name());
        return ask.onlyHere()
                ? Future.succeededFuture(new Dropped(isHere))
                : others(Repositories.DROP, new Drop(ask.name(), true))
                        .map(all -> new Dropped(isHere || all.stream().anyMatch(Dropped::dropped)));
    }

    @Override
    public Future<?> stop() {
        if (copies != null) {
            copies.close();
        }
        return Future.succeededFuture();
    }
}
