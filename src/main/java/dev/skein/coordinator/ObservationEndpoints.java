package dev.skein.coordinator;

import dev.skein.bus.Bus;
import dev.skein.coordinator.alert.AlertDesk;
import dev.skein.coordinator.review.ReviewService;
import dev.skein.coordinator.view.Counters;
import dev.skein.coordinator.view.Self;
import dev.skein.coordinator.view.Snapshots;
import dev.skein.coordinator.view.Topologies;
import dev.skein.pipeline.Observation;
import dev.skein.pipeline.Observation.Leader;
import dev.skein.store.Store;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;

/** Serves what the coordinator lets people watch, from memory. */
final class ObservationEndpoints {
    private final ControlPlane plane;
    private final Counters counters;
    private final AlertDesk desk;
    private final Snapshots snapshots;
    private final Self self;
    private final Store store;
    private final ReviewService reviews;

    ObservationEndpoints(ControlPlane plane, Store store, Self self, ReviewService reviews, InstantSource clock) {
        this.plane = plane;
        this.self = self;
        this.store = store;
        this.reviews = reviews;
        this.counters = new Counters(plane.ledger(), plane.fleet(), clock);
        this.desk = new AlertDesk(plane.ledger(), plane.fleet(), counters, store::health, clock);
        var told = new Snapshots.Told(desk::open, reviews::shown);
        this.snapshots = new Snapshots(self, plane.ledger(), plane.fleet(), counters, told, clock);
    }

    AlertDesk desk() {
        return desk;
    }

    Future<?> mount(Bus bus) {
        return Future.all(List.of(
                desk.mount(bus),
                bus.serve(Observation.METRICS, ask -> Future.succeededFuture(counters.metrics()))
                        .completion(),
                bus.serve(Observation.SUMMARY, ask -> Future.succeededFuture(counters.summary()))
                        .completion(),
                bus.serve(
                                Observation.HEALTH,
                                ask -> Future.succeededFuture(
                                        counters.health(plane.registry().lastSweep())))
                        .completion(),
                bus.serve(
                                Observation.TOPOLOGY,
                                ask -> Future.succeededFuture(
                                        Topologies.of(plane.ledger().committed(), plane.fleet())))
                        .completion(),
                bus.serve(Observation.LEADER, ask -> Future.succeededFuture(leader()))
                        .completion(),
                bus.serve(Observation.SNAPSHOT, ask -> reviews.watched().map(seen -> snapshots.now()))
                        .completion()));
    }

    private Leader leader() {
        var health = store.health();
        return new Leader(self.node(), self.epoch(), health.writable() ? null : health.reason());
    }
}
