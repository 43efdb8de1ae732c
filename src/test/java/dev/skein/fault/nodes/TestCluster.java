package dev.skein.fault.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.store.StoreConfig.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A coordinator and workers as processes of their own, joined over loopback under a name of their own. */
public final class TestCluster implements AutoCloseable {
    public static final String KEY = "test-admin-key";
    static final Duration START = Duration.ofSeconds(60);
    private static final String COORDINATOR = "coordinator";

    /**
     * How the processes are started.
     *
     * @param workerRoles what a worker is besides router and edge
     * @param settings more lines of YAML for every node, in which {@code {id}} is the node's; may be empty
     */
    public record Setup(List<String> coordinatorFlags, List<String> workerFlags, String workerRoles, String settings) {
        /** Small heaps and a quick start. */
        public static final Setup SMALL = new Setup(NodeProcess.SMALL, NodeProcess.SMALL, "");

        public Setup(List<String> coordinatorFlags, List<String> workerFlags, String settings) {
            this(coordinatorFlags, workerFlags, "worker", settings);
        }

        /** Small, with workers that do every type of job. */
        public static Setup heavy(String settings) {
            return new Setup(NodeProcess.SMALL, NodeProcess.SMALL, "worker, heavy-worker", settings);
        }
    }

    private final Path folder;
    private final int coordinators;
    private final int workers;
    private final Setup setup;
    private final List<Integer> ports;
    private final Map<String, NodeProcess> nodes = new TreeMap<>();
    public final Api api;

    private TestCluster(Path folder, int coordinators, int workers, Setup setup) {
        this.folder = folder;
        this.coordinators = coordinators;
        this.workers = workers;
        this.setup = setup;
        this.ports = Ports.free(2 * (workers + coordinators + 1)); // for each node and a late one: HTTP, members
        this.api = new Api(ports.get(0), KEY);
    }

    /** Starts a coordinator and workers {@code worker-0 …} and waits until all are ready. */
    public static TestCluster start(Path folder, int workers) {
        return start(folder, workers, Setup.SMALL);
    }

    public static TestCluster start(Path folder, int workers, Setup setup) {
        return start(new TestCluster(folder, 1, workers, setup), workers);
    }

    /** Starts {@code coordinator} and {@code coordinator-1} on one PostgreSQL database, and workers. */
    public static TestCluster startPair(Path folder, int workers, Server database) {
        var settings = "store: {url: \"%s\", user: %s}".formatted(database.url(), database.user());
        var setup = new Setup(NodeProcess.SMALL, NodeProcess.SMALL, settings);
        return start(new TestCluster(folder, 2, workers, setup), workers);
    }

    private static TestCluster start(TestCluster cluster, int workers) {
        try {
            for (int i = 0; i < cluster.coordinators; i++) {
                cluster.startCoordinator(i);
            }
            cluster.api.getUntil(START, "/health", answer -> answer.status() == 200); // else they may not find it
            for (int i = 0; i < workers; i++) {
                cluster.startWorker(i);
            }
            cluster.awaitReady(workers);
            return cluster;
        } catch (AssertionError late) {
            cluster.close();
            throw late;
        }
    }

    public void startCoordinator() {
        startCoordinator(0);
    }

    public void startCoordinator(int number) {
        startNode(coordinatorId(number), number, "coordinator, router, http", setup.coordinatorFlags);
    }

    /** One more coordinator, which nobody waits for. */
    public NodeProcess startLateCoordinator() {
        startNode("late", coordinators + workers, "coordinator, router, http", setup.coordinatorFlags);
        return nodes.get("late");
    }

    public static String coordinatorId(int number) {
        return number == 0 ? COORDINATOR : COORDINATOR + "-" + number;
    }

    public NodeProcess coordinator(int number) {
        return nodes.get(coordinatorId(number));
    }

    public Api apiOfCoordinator(int number) {
        return new Api(ports.get(number), KEY);
    }

    public Api apiOfWorker(int number) {
        return new Api(ports.get(coordinators + number), KEY);
    }

    public void startWorker(int number) {
        startNode("worker-" + number, number + coordinators, setup.workerRoles + ", router, http", setup.workerFlags);
    }

    public void awaitReady(int workers) {
        try {
            api.getUntil(START, Api.CLUSTER + "/workers", answer -> ready(answer.body()) == workers);
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + tails(), late);
        }
    }

    public static long ready(JsonNode workers) {
        return workers.path("workers").findValuesAsText("status").stream()
                .filter("ready"::equals)
                .count();
    }

    /** The audit of a node as it is in its file now. */
    public String audit(String id) {
        try {
            return Files.readString(folder.resolve(id + "-data").resolve("audit.jsonl"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the coordinator's edge. */
    public int port() {
        return ports.get(0);
    }

    public String name() {
        return "it-" + ports.get(0);
    }

    /** Where the coordinator waits for members. */
    public int memberPort() {
        return ports.get(ports.size() / 2);
    }

    public NodeProcess coordinator() {
        return nodes.get(COORDINATOR);
    }

    public NodeProcess worker(int number) {
        return nodes.get("worker-" + number);
    }

    public String tails() {
        return nodes.values().stream().map(NodeProcess::tail).collect(Collectors.joining());
    }

    private void startNode(String id, int number, String verticles, List<String> jvmFlags) {
        var members = ports.subList(ports.size() / 2, ports.size());
        var conf = """
                node: {id: %s, data-dir: %s}
                verticles: [%s]
                cluster:
                  name: %s
                  port: %d
                  port-count: 1
                  members: [%s]
                http: {port: %d, api-key: %s}
                %s
                """.formatted(
                id,
                folder.resolve(id + "-data"),
                verticles,
                name(),
                members.get(number),
                members.stream().map(port -> "\"127.0.0.1:" + port + "\"").collect(Collectors.joining(", ")),
                ports.get(number),
                KEY,
                setup.settings.replace("{id}", id));
        nodes.put(id, NodeProcess.start(id, folder, jvmFlags, "-cluster", "-conf", write(id, conf)));
    }

    private String write(String id, String conf) {
        try {
            return Files.writeString(folder.resolve(id + ".yaml"), conf).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        nodes.values().forEach(NodeProcess::close);
    }
}
