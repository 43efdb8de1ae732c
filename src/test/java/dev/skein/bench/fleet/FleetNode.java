package dev.skein.bench.fleet;

import dev.skein.bus.Bus;
import dev.skein.bus.Contract;
import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Cluster;
import dev.skein.cluster.ClusterConfig;
import dev.skein.cluster.Membership;
import dev.skein.coordinator.CoordinatorConfig;
import dev.skein.coordinator.CoordinatorVerticle;
import dev.skein.coordinator.leader.Term;
import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.Groups;
import dev.skein.pipeline.Migrations;
import dev.skein.pipeline.Observation;
import dev.skein.pipeline.Routing;
import dev.skein.pipeline.Workers;
import dev.skein.store.SqliteStore;
import dev.skein.store.StoreConfig;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process that is measured: a coordinator on the bus with a store on disk. */
final class FleetNode {
    static final int PORT = 5961;
    private static final List<Contract> CONTRACTS = List.of(
            Workers.REGISTER,
            Workers.HEARTBEAT,
            Workers.LEAVE,
            Workers.DELETE,
            Workers.GET,
            Workers.LIST,
            Groups.DEPLOY,
            Groups.UPDATE,
            Groups.PLAN,
            Groups.GET,
            Groups.LIST,
            Groups.DELETE,
            Migrations.MIGRATE,
            Migrations.REBALANCE,
            Migrations.GET,
            Migrations.LIST,
            Migrations.DRAIN,
            Migrations.CORDON,
            Routing.TABLES,
            Routing.CHANGED,
            Observation.METRICS,
            Observation.SUMMARY,
            Observation.HEALTH,
            Observation.TOPOLOGY,
            Observation.SNAPSHOT,
            Observation.LEADER,
            Observation.LEADS);

    private FleetNode() {}

    /** One of the two nodes of this benchmark. */
    record Joined(Cluster cluster, Bus bus) {}

    static Joined join(String node, boolean dataMember) throws Exception {
        var config = new ClusterConfig(true, "bench-fleet", "127.0.0.1", PORT, 2, List.of());
        var here = NodeAddress.of(node);
        var cluster = Cluster.join(new VertxOptions(), config, here, dataMember).await(60, TimeUnit.SECONDS);
        var bus = new Bus(cluster.vertx(), here);
        bus.register(CONTRACTS);
        return new Joined(cluster, bus);
    }

    /** Coordinates until its standard input ends; the store is in the folder that is named. */
    public static void main(String[] arguments) throws Exception {
        var clock = SteadyClock.system();
        var joined = join("fleet-coordinator", true);
        var vertx = joined.cluster().vertx();
        var store = SqliteStore.open(vertx, Path.of(arguments[0]), StoreConfig.DEFAULTS, clock)
                .await(30, TimeUnit.SECONDS);
        var coordinator = new CoordinatorVerticle(
                joined.bus(),
                CoordinatorConfig.DEFAULTS,
                Term.sole(1, store),
                new ReadyLink(),
                Membership.alone(joined.bus().here()),
                clock);
        vertx.deployVerticle(coordinator).await(60, TimeUnit.SECONDS);
        while (System.in.read() >= 0) {
            // nobody writes to it
        }
        System.exit(0);
    }
}
