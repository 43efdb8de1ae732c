package dev.skein.bench.jobs;

import dev.skein.Main;
import dev.skein.auth.Role;
import dev.skein.auth.Tokens;
import dev.skein.bench.process.HttpLane;
import dev.skein.fault.nodes.Api;
import dev.skein.fault.nodes.NodeProcess;
import dev.skein.fault.nodes.Ports;
import dev.skein.job.run.JobHandler;
import io.vertx.core.buffer.Buffer;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One coordinator and one worker as processes of their own, with a type of job that says when it began. */
final class JobNodes implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);
    private static final String KEY = "bench";

    private final Path folder;
    private final List<Integer> ports = Ports.free(4); // of coordinator and worker: HTTP, members
    private final List<String> coordinatorFlags;
    private final String settings;
    private final Api api = new Api(ports.get(0), KEY);
    private @Nullable NodeProcess coordinator;
    private @Nullable NodeProcess worker;

    /**
     * Starts both and waits until the worker is known.
     *
     * @param settings more lines of YAML for both
     */
    JobNodes(Path folder, List<String> coordinatorFlags, List<String> workerFlags, String settings) throws IOException {
        this.folder = folder;
        this.coordinatorFlags = coordinatorFlags;
        this.settings = settings;
        services();
        try {
            this.coordinator = start("coordinator", 0, coordinatorFlags, "coordinator, router, http");
            api.getUntil(START, "/health", answer -> answer.status() == 200);
            this.worker = start("worker", 1, workerFlags, "worker, router, http");
            awaitRunner();
        } catch (AssertionError late) {
            var tails = tails();
            close();
            throw new AssertionError(late.getMessage() + tails, late);
        }
    }

    private String tails() {
        return (coordinator == null ? "" : coordinator.tail()) + (worker == null ? "" : worker.tail());
    }

    private void services() throws IOException {
        var services = Files.createDirectories(folder.resolve("classes/META-INF/services"));
        Files.writeString(services.resolve(JobHandler.class.getName()), StampHandler.class.getName());
    }

    private NodeProcess start(String id, int number, List<String> flags, String verticles) throws IOException {
        var conf = """
                node: {id: %s, data-dir: %s}
                verticles: [%s]
                cluster: {name: bench-%d, port: %d, port-count: 1, members: ["127.0.0.1:%d", "127.0.0.1:%d"]}
                http: {port: %d, api-key: %s}
                %s
                """.formatted(
                        id,
                        folder.resolve(id + "-data"),
                        verticles,
                        ports.get(0),
                        ports.get(2 + number),
                        ports.get(2),
                        ports.get(3),
                        ports.get(number),
                        KEY,
                        settings);
        var file = Files.writeString(folder.resolve(id + ".yaml"), conf).toString();
        var classPath = folder.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path");
        var program = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
        program.addAll(flags);
        program.addAll(List.of("-cp", classPath, Main.class.getName(), "-cluster", "-conf", file));
        return NodeProcess.startJava(id, folder, program);
    }

    void awaitRunner() {
        api.getUntil(
                START,
                "/api/v1/jobs/runners",
                answer -> answer.body().path("runners").size() == 1);
    }

    /** Starts the coordinator again, and returns after how many seconds it answered for jobs. */
    double restartCoordinator() throws Exception {
        coordinator().kill(); // again, when it is dead already
        long began = System.nanoTime();
        coordinator = start("coordinator", 0, coordinatorFlags, "coordinator, router, http");
        api.getUntil(START, "/api/v1/jobs/stats", answer -> answer.status() == 200);
        return (System.nanoTime() - began) / 1e9;
    }

    Api api() {
        return api;
    }

    int port() {
        return ports.get(0);
    }

    NodeProcess coordinator() {
        return Objects.requireNonNull(coordinator);
    }

    NodeProcess worker() {
        return Objects.requireNonNull(worker);
    }

    Path store() {
        return folder.resolve("coordinator-data");
    }

    /** A POST to the coordinator as bytes. */
    Buffer post(String path, String body) {
        return HttpLane.post(path, token(), body);
    }

    String token() {
        return Tokens.issue(store(), "bench", Role.ADMIN, TOKEN_LIFE).token();
    }

    @Override
    public void close() {
        Stream.of(worker, coordinator).filter(Objects::nonNull).forEach(NodeProcess::close);
    }
}
