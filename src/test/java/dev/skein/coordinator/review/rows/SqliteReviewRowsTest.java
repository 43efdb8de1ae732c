package dev.skein.coordinator.review.rows;

import dev.skein.kernel.SteadyClock;
import dev.skein.store.SqliteStore;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import io.vertx.core.Future;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteReviewRowsTest extends ReviewRowsContract {
    @TempDir
    Path directory;

    @Override
    Future<Store> connect() {
        return SqliteStore.open(vertx, directory, StoreConfig.DEFAULTS, SteadyClock.system())
                .map(opened -> opened);
    }
}
