package dev.skein.fault.network;

import dev.skein.fault.nodes.Api;
import dev.skein.fault.nodes.NodeProcess;
import dev.skein.fault.nodes.NodeProcess.Place;
import dev.skein.fault.nodes.TestCluster;
import dev.skein.store.StoreConfig.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two coordinators on one PostgreSQL and workers, each on a host of its own. Nodes are numbered from 0, coordinators
 * first.
 */
public final class NetworkCluster implements AutoCloseable {
    public static final int COORDINATORS = 2;
    private static final Duration START = Duration.ofSeconds(60);
    private static final int STORE_HOST = 250;
    private static final int HTTP_PORT = 9100;
    private static final int MEMBER_PORT = 5701;
    private static final List<String> TINY = List.of("-Xmx24m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Path folder;
    private final int workers;
    private final Server database;
    private final Namespaces network = Namespaces.open();
    private final Relay relay = new Relay();
    private final List<Integer> ports = new ArrayList<>();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<NodeProcess> relays = new ArrayList<>();

    private NetworkCluster(Path folder, int workers, Server database) {
        this.folder = folder;
        this.workers = workers;
        this.database = database;
    }

    /** Waits until all workers are ready. */
    public static NetworkCluster start(Path folder, int workers, Server database) {
        var cluster = new NetworkCluster(folder, workers, database);
        try {
            cluster.lay();
            cluster.startNodes();
            return cluster;
        } catch (RuntimeException | AssertionError failed) {
            var tails = cluster.tails();
            cluster.close();
            throw new AssertionError(failed.getMessage() + tails, failed);
        }
    }

    private void lay() {
        network.host(STORE_HOST);
        var store = folder.resolve("pg").toString();
        relay.pass(store, database.url().replaceFirst("^jdbc:postgresql://([^/]+)/.*", "$1"));
        var pairs = new ArrayList<String>();
        pairs.add(network.address(STORE_HOST) + ":5432=" + store);
        for (int node = 0; node < COORDINATORS + workers; node++) {
            network.host(node + 1);
            var socket = folder.resolve("h" + node).toString();
            pairs.add(socket + "=" + network.controlAddress(node + 1) + ":" + HTTP_PORT);
            ports.add(relay.pass("127.0.0.1:0", socket));
        }
        relays.add(NodeProcess.startClass(
                new Place(network.on(STORE_HOST), folder), Relay.class, TINY, pairs.toArray(String[]::new)));
    }

    private void startNodes() {
        for (int node = 0; node < COORDINATORS; node++) {
            nodes.add(startNode(node, "coordinator, router, http"));
        }
        api(0).getUntil(START, "/health", answer -> answer.status() == 200);
        for (int node = COORDINATORS; node < COORDINATORS + workers; node++) {
            nodes.add(startNode(node, "worker, router, http"));
        }
        api(0).getUntil(START, Api.CLUSTER + "/workers", answer -> TestCluster.ready(answer.body()) == workers);
        api(1).getUntil(START, Api.CLUSTER + "/workers", answer -> TestCluster.ready(answer.body()) == workers);
    }

    private NodeProcess startNode(int node, String verticles) {
        var members = IntStream.range(0, COORDINATORS + workers)
                .mapToObj(each -> "\"" + network.address(each + 1) + ":" + MEMBER_PORT + "\"")
                .collect(Collectors.joining(", "));
        var conf = """
                node: {id: %s, data-dir: %s}
                verticles: [%s]
                cluster:
                  name: %s
                  host: %s
                  port: %d
                  port-count: 1
                  members: [%s]
                  join-key: 0123456789abcdef-of-a-test
                http: {host: %s, port: %d, api-key: %s}
                store: {url: "%s", user: %s}
                """.formatted(
                        id(node),
                        folder.resolve(id(node) + "-data"),
                        verticles,
                        folder.getFileName(),
                        network.address(node + 1),
                        MEMBER_PORT,
                        members,
                        network.controlAddress(node + 1),
                        HTTP_PORT,
                        TestCluster.KEY,
                        database.url().replaceFirst("//[^/]+/", "//" + network.address(STORE_HOST) + ":5432/"),
                        database.user());
        return NodeProcess.start(
                new Place(network.on(node + 1), folder),
                id(node),
                NodeProcess.SMALL,
                "-cluster",
                "-conf",
                write(node, conf));
    }

    private String write(int node, String conf) {
        try {
            return Files.writeString(folder.resolve(id(node) + ".yaml"), conf).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String id(int node) {
        return node < COORDINATORS ? "coordinator-" + node : "worker-" + (node - COORDINATORS);
    }

    public static int worker(int number) {
        return COORDINATORS + number;
    }

    public NodeProcess node(int node) {
        return nodes.get(node);
    }

    /** Also while the node is cut off from the others. */
    public Api api(int node) {
        return new Api(ports.get(node), TestCluster.KEY);
    }

    /** Cuts these nodes off from the store and all other nodes, though not from each other. */
    public void cut(int... cutOff) {
        network.cut(IntStream.of(cutOff).map(node -> node + 1).toArray());
    }

    public void heal(int... cutOff) {
        network.heal(IntStream.of(cutOff).map(node -> node + 1).toArray());
    }

    public String tails() {
        return Stream.concat(relays.stream(), nodes.stream())
                .map(NodeProcess::tail)
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        nodes.forEach(NodeProcess::close);
        relays.forEach(NodeProcess::close);
        relay.close();
        network.close();
    }
}
