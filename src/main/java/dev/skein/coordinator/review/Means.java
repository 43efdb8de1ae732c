package dev.skein.coordinator.review;

import dev.skein.bus.Bus;
import dev.skein.coordinator.review.rows.Run;
import dev.skein.coordinator.review.rows.RunRows;
import dev.skein.store.Store;
import dev.skein.store.Transaction;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.InstantSource;

/** What the parts of the service share. */
record Means(Bus bus, Store store, Vertx vertx, ReviewRunsConfig config, InstantSource clock) {
    long now() {
        return clock.millis();
    }

    static Run known(Transaction tx, String id) throws SQLException {
        return RunRows.known(tx, id);
    }
}
