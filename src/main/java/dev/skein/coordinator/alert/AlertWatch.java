package dev.skein.coordinator.alert;

import dev.skein.bus.Bus;
import dev.skein.connector.ConnectorConfig;
import dev.skein.coordinator.alert.notice.Notifier;
import dev.skein.coordinator.signal.Load;
import dev.skein.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What a coordinator is told about alerts at its start.
 *
 * @param network which addresses notices may go to
 */
public record AlertWatch(AlertConfig alerts, ConnectorConfig network) {
    public static final AlertWatch DEFAULTS = new AlertWatch(AlertConfig.DEFAULTS, ConnectorConfig.DEFAULTS);

    private static final long LOOK_MILLIS = Duration.ofSeconds(1).toMillis();
    private static final long PROBE_MILLIS = Duration.ofSeconds(5).toMillis();

    /** What watching needs. */
    public record Ground(Vertx vertx, Bus bus, Store store, InstantSource clock, Supplier<Load> load) {}

    /** Begins to look, to measure and to tell, where a former leader has ended; ends with its caller's verticle. */
    public Future<?> begin(AlertDesk desk, String cluster, Ground ground) {
        var probes = new Probes(ground.bus, ground.store, ground.clock);
        desk.measureBy(probes::measured);
        desk.scaleBy(alerts.scaling());
        desk.signalBy(alerts.signals(), ground.load);
        desk.tell(cluster, new Notifier(ground.vertx, alerts, network));
        return desk.keepIn(ground.store).onSuccess(kept -> look(desk, probes, ground));
    }

    private static void look(AlertDesk desk, Probes probes, Ground ground) {
        ground.vertx.setPeriodic(LOOK_MILLIS, tick -> desk.look());
        ground.vertx.setPeriodic(PROBE_MILLIS, tick -> {
            probes.probeStore();
            probes.probeClocks(desk::nodes);
        });
    }
}
