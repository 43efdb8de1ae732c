package dev.skein.coordinator.review.rows;

import dev.skein.kernel.SteadyClock;
import dev.skein.store.EmbeddedServer;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import dev.skein.store.Stores;
import io.vertx.core.Future;
import java.nio.file.Path;

class PostgresReviewRowsTest extends ReviewRowsContract {
    @Override
    Future<Store> connect() {
        var usual = StoreConfig.DEFAULTS;
        var remote = new StoreConfig(
                usual.durability(),
                usual.queueMax(),
                usual.batchMax(),
                usual.closeDeadline(),
                EmbeddedServer.database());
        return Stores.open(vertx, Path.of("unused"), remote, SteadyClock.system());
    }
}
