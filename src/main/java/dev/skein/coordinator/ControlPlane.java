package dev.skein.coordinator;

import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.groups.Deployments;
import dev.skein.coordinator.groups.ProgramCheck;
import dev.skein.coordinator.groups.Updates;
import dev.skein.coordinator.ledger.Journal;
import dev.skein.coordinator.ledger.Ledger;
import dev.skein.coordinator.moves.Moves;
import dev.skein.coordinator.orders.Control;
import dev.skein.coordinator.registry.Registry;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Worker;
import dev.skein.pipeline.link.HostLink;
import java.time.InstantSource;
import java.util.stream.Collectors;

/**
 * The coordinator without bus, timers and threads, so that a test can live through years of it in a second. Whoever
 * owns it calls it from one thread and moves its time.
 */
public final class ControlPlane {
    private final Control control;
    private final Moves moves;
    private final Registry registry;
    private final Deployments deployments;
    private final Updates updates;
    private final InstantSource clock;

    /**
     * Begins a life of the coordinator.
     *
     * @param loaded what the journal holds
     */
    public ControlPlane(
            CoordinatorConfig config,
            ClusterState loaded,
            Journal journal,
            HostLink link,
            ProgramCheck programs,
            InstantSource clock) {
        var ledger = new Ledger(journal, loaded);
        var fleet = new Fleet(config.detection(), clock, loaded);
        this.clock = clock;
        this.control = Control.of(ledger, fleet, link, config.limits().ordersPerWorker());
        this.moves = new Moves(control, link, config.moves(), clock);
        this.registry = new Registry(config, control, moves, link, clock);
        this.deployments = new Deployments(control, programs, clock);
        this.updates = new Updates(control, programs, link, clock);
    }

    public Ledger ledger() {
        return control.ledger();
    }

    public Fleet fleet() {
        return control.fleet();
    }

    public Registry registry() {
        return registry;
    }

    public Moves moves() {
        return moves;
    }

    public Updates updates() {
        return updates;
    }

    public Deployments deployments() {
        return deployments;
    }

    /** To be called each second. */
    public void tick() {
        registry.tick();
        control.healing().tick();
        moves.tick();
        control.settlement().tick(clock.instant());
    }

    /** To be called at each sweep. */
    public void sweep() {
        registry.sweep();
        control.healing().heal();
        control.orders().stopLeftovers();
        deployments.finishDeletions();
        moves.sweep();
        var state = control.ledger().committed();
        control.fleet()
                .traffic()
                .keepOnly(
                        state.groups().keySet(), state.listed().map(Worker::id).collect(Collectors.toSet()));
    }
}
