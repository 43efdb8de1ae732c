package dev.skein.coordinator.alert;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.coordinator.alert.Conditions.Condition;
import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.Alerts.Acknowledged;
import dev.skein.store.SqliteStore;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new leader finds of the alerts of the former one. */
class AlarmRowsTest {
    private static final Instant NOW = Instant.EPOCH.plusSeconds(1_000);
    private static final Condition DOWN = new Condition("worker-unhealthy:w1", "critical", "Worker w1 does not report");
    private static final Condition SLOW = new Condition("store-slow", "warning", "A write takes long");

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private Store store;

    @BeforeEach
    void open() throws Exception {
        store = SqliteStore.open(vertx, directory, StoreConfig.DEFAULTS, SteadyClock.system())
                .await(30, SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        store.close().await(30, SECONDS);
        vertx.close().await(30, SECONDS);
    }

    @Test
    void what_holds_what_is_over_and_who_knows_comes_back_as_it_was() throws Exception {
        var alarms = new Alarms();
        alarms.see(List.of(DOWN, SLOW), NOW);
        alarms.acknowledge(DOWN.id(), new Acknowledged("ops", NOW.plusSeconds(60), "disk swap"), NOW);
        alarms.see(List.of(DOWN), NOW.plusSeconds(5));
        save(alarms);

        assertThat(load().all(NOW.plusSeconds(9))).isEqualTo(alarms.all(NOW.plusSeconds(9)));
    }

    @Test
    void one_that_flaps_leaves_one_row() throws Exception {
        var alarms = new Alarms();
        alarms.see(List.of(SLOW), NOW);
        save(alarms);
        alarms.see(List.of(), NOW.plusSeconds(1));
        alarms.see(List.of(SLOW), NOW.plusSeconds(2));
        save(alarms);

        assertThat(load().all(NOW.plus(Duration.ofHours(1))))
                .singleElement()
                .satisfies(alert -> assertThat(alert.times()).isEqualTo(2));
    }

    private void save(Alarms alarms) throws Exception {
        var unsaved = alarms.takeUnsaved();
        store.write(tx -> {
                    AlarmRows.write(tx, unsaved);
                    return true;
                })
                .await(30, SECONDS);
    }

    private Alarms load() throws Exception {
        var loaded = new Alarms();
        loaded.inherit(store.read(AlarmRows::load).await(30, SECONDS), NOW);
        return loaded;
    }
}
