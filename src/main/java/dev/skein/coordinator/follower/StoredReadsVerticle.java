package dev.skein.coordinator.follower;

import dev.skein.bus.Bus;
import dev.skein.bus.Endpoint;
import dev.skein.coordinator.ControlPlane;
import dev.skein.coordinator.CoordinatorConfig;
import dev.skein.coordinator.ledger.StoreJournal;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Groups;
import dev.skein.pipeline.Workers;
import dev.skein.pipeline.link.HostLink;
import dev.skein.store.Store;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers for groups and workers from the store, for those who find no leader. Workers count as registering, since
 * nobody has heard them here.
 */
public final class StoredReadsVerticle extends VerticleBase {
    private static final Duration KEPT = Duration.ofSeconds(2);

    private final Bus bus;
    private final CoordinatorConfig config;
    private final Store store;
    private final HostLink link;
    private final InstantSource clock;
    private @Nullable Future<ControlPlane> loaded; // confined to this verticle's event loop
    private Instant loadedAt = Instant.MIN; // likewise

    /** The store is shared with other candidates and open already. */
    public StoredReadsVerticle(Bus bus, CoordinatorConfig config, Store store, HostLink link, InstantSource clock) {
        this.bus = bus;
        this.config = config;
        this.store = store;
        this.link = link;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        return Future.all(List.of(
                serve(Groups.GET_STORED, (plane, ask) -> plane.deployments().get(ask)),
                serve(Groups.LIST_STORED, (plane, ask) -> plane.deployments().list(ask)),
                serve(Workers.GET_STORED, (plane, ask) -> plane.registry().get(ask)),
                serve(Workers.LIST_STORED, (plane, ask) -> plane.registry().list(ask))));
    }

    private <Q extends Record, R extends Record> Future<?> serve(
            Endpoint<Q, R> endpoint, BiFunction<ControlPlane, Q, Future<R>> answer) {
        return bus.serve(endpoint, ask -> present().compose(plane -> answer.apply(plane, ask)))
                .completion();
    }

    private Future<ControlPlane> present() {
        var known = loaded;
        var now = clock.instant();
        boolean isFresh = known != null && now.isBefore(loadedAt.plus(KEPT)) && !known.failed();
        if (known != null && isFresh) {
            return known;
        }
        loadedAt = now;
        var fresh = store.read(StoreJournal::stored)
                .map(state -> new ControlPlane(
                        config,
                        state,
                        (before, after, audits) -> Future.failedFuture(follows()),
                        link,
                        sources -> Future.failedFuture(follows()),
                        clock));
        loaded = fresh;
        return fresh;
    }

    private static Problem follows() {
        return Problem.busy("no_leader", "this coordinator does not lead");
    }
}
