package dev.skein.coordinator;

import dev.skein.bus.Bus;
import dev.skein.cluster.Membership;
import dev.skein.coordinator.alert.AlertWatch;
import dev.skein.coordinator.connector.ConnectorLink;
import dev.skein.coordinator.connector.ConnectorRegistry;
import dev.skein.coordinator.connector.Shelf;
import dev.skein.coordinator.groups.ProgramCheck;
import dev.skein.coordinator.ledger.StoreJournal;
import dev.skein.coordinator.ledger.StoreJournal.Opened;
import dev.skein.coordinator.view.Self;
import dev.skein.pipeline.link.HostLink;
import dev.skein.pipeline.vpl.Diagnostic;
import dev.skein.pipeline.vpl.Vpl;
import dev.skein.store.Store;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Leads the cluster: loads what the store holds, serves its endpoints, and looks after workers and placements. */
public final class CoordinatorVerticle extends VerticleBase {
    private static final long TICK_MILLIS = Duration.ofSeconds(1).toMillis();

    private final Bus bus;
    private final CoordinatorConfig config;
    private final Store store;
    private final HostLink link;
    private final Membership membership;
    private final InstantSource clock;
    private AlertWatch alerts = AlertWatch.DEFAULTS;

    /**
     * Everything is open already; the verticle closes none of it.
     *
     * @param link how workers are driven
     */
    public CoordinatorVerticle(
            Bus bus, CoordinatorConfig config, Store store, HostLink link, Membership membership, InstantSource clock) {
        this.bus = bus;
        this.config = config;
        this.store = store;
        this.link = link;
        this.membership = membership;
        this.clock = clock;
    }

    /** Whom to tell what, instead of nobody; to be called before it is deployed. */
    public CoordinatorVerticle alerting(AlertWatch watch) {
        alerts = watch;
        return this;
    }

    @Override
    public Future<?> start() {
        return StoreJournal.open(store, clock, config.limits().auditRows())
                .compose(opened -> Shelf.open(store).compose(shelf -> lead(opened, shelf)));
    }

    private Future<?> lead(Opened opened, Shelf shelf) {
        var through = new ConnectorLink(link, shelf);
        var plane = new ControlPlane(config, opened.state(), opened.journal(), through, programs(shelf), clock);
        watch(plane, opened.journal());
        var observation = new ObservationEndpoints(plane, store, self(opened.epoch()), clock);
        alerts.begin(observation.desk(), config.clusterName(), new AlertWatch.Ground(vertx, bus, store, clock));
        return Future.all(
                new WorkersEndpoints(plane.registry()).mount(bus),
                new GroupsEndpoints(plane.deployments()).mount(bus),
                new ConnectorRegistry(shelf, plane.ledger()).mount(bus),
                new RoutingEndpoints(bus, vertx, opened.epoch()).mount(plane.ledger()),
                observation.mount(bus));
    }

    private void watch(ControlPlane plane, StoreJournal journal) {
        var here = vertx.getOrCreateContext();
        membership.onLeft(node -> here.runOnContext(ignored -> plane.registry().left(node)));
        vertx.setPeriodic(TICK_MILLIS, timer -> plane.tick());
        vertx.setPeriodic(config.sweepInterval().toMillis(), timer -> {
            plane.sweep();
            if (!store.health().writable()) {
                journal.probe();
            }
        });
    }

    private Self self(long epoch) {
        var version = CoordinatorVerticle.class.getPackage().getImplementationVersion();
        return new Self(
                bus.here().node(),
                config.clusterName(),
                Objects.requireNonNullElse(version, "dev"),
                epoch,
                clock.instant());
    }

    private ProgramCheck programs(Shelf shelf) {
        return sources -> {
            var connectors = shelf.types();
            return vertx.executeBlocking(() -> check(sources, connectors), false);
        };
    }

    private static Map<String, List<Diagnostic>> check(Set<String> sources, Map<String, String> connectors) {
        var found = new HashMap<String, List<Diagnostic>>();
        sources.forEach(
                source -> found.put(source, Vpl.check(source, connectors).diagnostics()));
        return found;
    }
}
