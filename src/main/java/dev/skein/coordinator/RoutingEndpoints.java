package dev.skein.coordinator;

import dev.skein.bus.Bus;
import dev.skein.coordinator.ledger.Ledger;
import dev.skein.coordinator.view.RoutingTables;
import dev.skein.kernel.Ids;
import dev.skein.pipeline.Routing;
import dev.skein.pipeline.Routing.Changed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Serves routing tables and says when there are newer ones, at most once per short while. */
final class RoutingEndpoints {
    private static final int COALESCE_MILLIS = 10;
    private static final int GENERATION_BYTES = 4;

    private final Bus bus;
    private final Vertx vertx;
    private final String generation;
    private long version; // confined to the coordinator's event loop
    private boolean announcing; // likewise

    RoutingEndpoints(Bus bus, Vertx vertx, long epoch) {
        this.bus = bus;
        this.vertx = vertx;
        this.generation = epoch + "-" + Ids.hex(GENERATION_BYTES);
    }

    Future<?> mount(Ledger ledger) {
        var tables = new RoutingTables(generation, ledger.committed(), this::changed);
        ledger.listen(tables);
        return bus.serve(Routing.TABLES, since -> Future.succeededFuture(tables.since(since)))
                .completion()
                .onSuccess(served -> changed(version)); // routers learn of the new generation
    }

    private void changed(long newVersion) {
        version = newVersion;
        if (!announcing) {
            announcing = true;
            vertx.setTimer(COALESCE_MILLIS, timer -> {
                announcing = false;
                bus.announce(Routing.CHANGED, new Changed(generation, version));
            });
        }
    }
}
