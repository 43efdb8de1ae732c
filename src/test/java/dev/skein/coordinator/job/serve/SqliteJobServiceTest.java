package dev.skein.coordinator.job.serve;

import dev.skein.kernel.SteadyClock;
import dev.skein.store.SqliteStore;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import io.vertx.core.Future;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteJobServiceTest extends JobServiceContract {
    @TempDir
    Path directory;

    @Override
    Future<Store> connect() {
        return SqliteStore.open(storage, directory, StoreConfig.DEFAULTS, SteadyClock.system())
                .map(opened -> opened);
    }
}
