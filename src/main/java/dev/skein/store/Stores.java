package dev.skein.store;

import dev.skein.kernel.Problem;
import dev.skein.store.commit.SqlStore;
import dev.skein.store.postgres.PostgresServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;

/** The store that the settings ask for. */
public final class Stores {
    private Stores() {}

    /**
     * Opens it and brings it to the newest schema.
     *
     * @param directory where SQLite keeps its file; PostgreSQL needs none
     * @return fails with a {@link Problem} of one sentence when it cannot be used
     */
    public static Future<Store> open(Vertx vertx, Path directory, StoreConfig config, InstantSource clock) {
        var server = config.server();
        return server == null
                ? SqliteStore.open(vertx, directory, config, clock)
                : vertx.executeBlocking(
                        () -> SqlStore.start(vertx, config, PostgresServer.open(server, config.durability()), clock));
    }
}
