package dev.skein.coordinator.job.serve;

import dev.skein.kernel.SteadyClock;
import dev.skein.store.EmbeddedServer;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import dev.skein.store.Stores;
import io.vertx.core.Future;
import java.nio.file.Path;

class PostgresJobServiceTest extends JobServiceContract {
    @Override
    Future<Store> connect() {
        var usual = StoreConfig.DEFAULTS;
        var remote = new StoreConfig(
                usual.durability(),
                usual.queueMax(),
                usual.batchMax(),
                usual.closeDeadline(),
                EmbeddedServer.database());
        return Stores.open(storage, Path.of("unused"), remote, SteadyClock.system());
    }
}
