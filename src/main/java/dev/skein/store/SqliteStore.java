package dev.skein.store;

import dev.skein.kernel.Problem;
import dev.skein.store.commit.SqlStore;
import dev.skein.store.sqlite.SqliteFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;

/** The store in one SQLite file, {@code skein.db}; only one process at a time may have it open. */
public final class SqliteStore {
    private SqliteStore() {}

    /**
     * Opens the file, creating it and bringing it to the newest schema where needed.
     *
     * @param directory where {@code skein.db} is or shall be
     * @return fails with a {@link Problem} of one sentence when the file is read-only, damaged, in use or of a newer
     *     version
     */
    public static Future<Store> open(Vertx vertx, Path directory, StoreConfig config, InstantSource clock) {
        return vertx.executeBlocking(
                () -> SqlStore.start(vertx, config, SqliteFile.open(directory, config.durability()), clock));
    }
}
