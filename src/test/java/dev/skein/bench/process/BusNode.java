package dev.skein.bench.process;

import dev.skein.bus.Bus;
import dev.skein.bus.Contract;
import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Cluster;
import dev.skein.cluster.ClusterConfig;
import dev.skein.pipeline.Events;
import dev.skein.pipeline.Hosting;
import dev.skein.pipeline.Routing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One of the two nodes of {@link BusBench}, in a cluster of their own over loopback. */
record BusNode(Cluster cluster, Bus bus) implements AutoCloseable {
    private static final List<Contract> CONTRACTS = List.of(
            Events.INJECT,
            Events.INJECT_BATCH,
            Events.RECENT,
            Events.DELIVER,
            Events.REST,
            Hosting.DEPLOY,
            Hosting.STOP,
            Hosting.LIST,
            Hosting.RECENT,
            Routing.TABLES,
            Routing.CHANGED);

    private static final int TRIES = 300;
    private static final long RETRY_MILLIS = 100;

    static BusNode join(String node, int firstPort, boolean dataMember) throws Exception {
        var config = new ClusterConfig(true, "bench-" + firstPort, "127.0.0.1", firstPort, 2, List.of());
        var here = NodeAddress.of(node);
        var cluster = Cluster.join(new VertxOptions(), config, here, dataMember).await(60, TimeUnit.SECONDS);
        var bus = new Bus(cluster.vertx(), here);
        bus.register(CONTRACTS);
        return new BusNode(cluster, bus);
    }

    Vertx vertx() {
        return cluster.vertx();
    }

    /** Asks again and again while the other process is not there yet. */
    <T> Future<T> retried(Supplier<Future<T>> ask) {
        return retried(TRIES, ask);
    }

    private <T> Future<T> retried(int tries, Supplier<Future<T>> ask) {
        return ask.get()
                .recover(cause -> tries == 0
                        ? Future.failedFuture(cause)
                        : vertx().timer(RETRY_MILLIS).compose(done -> retried(tries - 1, ask)));
    }

    @Override
    public void close() throws Exception {
        vertx().close().await(30, TimeUnit.SECONDS);
    }
}
