package dev.skein.cli.demo;

import dev.skein.cli.api.Target;
import dev.skein.cli.child.FreePorts;
import dev.skein.cli.demo.work.Workload;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.config.Secret;
import dev.skein.kernel.Ids;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator, workers and one that does heavy jobs as child processes.
 *
 * <p>Each child holds the reading end of a pipe from this process as its standard input and ends when that does, so
 * none outlives this process, however it ends.
 */
final class ProcessNodes implements Nodes {
    private static final String COORDINATOR = "coordinator";
    private static final String HEAVY = "heavy-0";
    private static final int OTHERS = 2; // besides workers: the coordinator and the one for heavy jobs
    private static final int WORKER_PORT = 9000;
    private static final int MEMBER_PORT = 20_000;
    private static final int MEMBER_PORTS = 10_000;
    private static final int NAME_BYTES = 4;
    private static final int TAIL_LINES = 15;
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final Duration STOP = Duration.ofSeconds(3);

    private final Layout layout;
    private final List<String> command;
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private final List<String> workers = new ArrayList<>();
    private final int httpPort;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** What each node of one demo has in common with the others. */
    private record Shared(String cluster, List<Integer> memberPorts) {
        String members() {
            return memberPorts.stream()
                    .map(port -> "\"127.0.0.1:" + port + "\"")
                    .collect(Collectors.joining(", "));
        }
    }

    private ProcessNodes(Layout layout, List<String> command, int httpPort) {
        this.layout = layout;
        this.command = command;
        this.httpPort = httpPort;
    }

    /**
     * Starts all of them; they may not be ready yet.
     *
     * @param command starts a node when {@code -cluster -conf FILE} is added
     * @param count how many workers
     */
    static ProcessNodes start(Layout layout, List<String> command, FreePorts ports, Ports wanted) {
        var nodes = new ProcessNodes(layout, command, ports.from(wanted.http));
        int memberPort = MEMBER_PORT + new SecureRandom().nextInt(MEMBER_PORTS); // another demo may start right now
        var members = new ArrayList<Integer>();
        for (int i = 0; i < wanted.workers + OTHERS; i++) {
            members.add(ports.quietly(memberPort));
        }
        var shared = new Shared("demo-" + Ids.hex(NAME_BYTES), members);
        try {
            nodes.start(COORDINATOR, "coordinator, router, http", nodes.httpPort, shared);
            for (int i = 0; i < wanted.workers; i++) {
                var id = "worker-" + i;
                nodes.workers.add(id);
                nodes.start(id, "worker, router, http", ports.from(WORKER_PORT + i), shared);
            }
            nodes.start(HEAVY, "heavy-worker", 0, shared);
            return nodes;
        } catch (IOException | RuntimeException e) {
            nodes.close();
            throw Failure.of(ExitCode.FAILED, "a node could not be started").because(e.getMessage());
        }
    }

    /** What was asked for on the command line. */
    record Ports(int http, int workers) {}

    private void start(String id, String verticles, int port, Shared shared) throws IOException {
        int number = processes.size();
        Files.writeString(
                layout.conf(id),
                """
                node.id: "%s"
                node.data-dir: "%s"
                node.exit-with-parent: true
                node.stop-deadline: 2s
                jobs.finish-within: 200ms
                verticles: [%s]
                cluster.name: "%s"
                cluster.host: 127.0.0.1
                cluster.port: %d
                cluster.port-count: 1
                cluster.members: [%s]
                http.host: 127.0.0.1
                http.port: %d
                http.api-key-file: "%s"
                jobs.warm: 0
                """.formatted(
                                        id,
                                        layout.data(id),
                                        verticles,
                                        shared.cluster,
                                        shared.memberPorts.get(number),
                                        shared.members(),
                                        port,
                                        layout.apiKey())
                        + Workload.settings(command.get(0), classPath()));
        var line = new ArrayList<>(command);
        line.addAll(List.of("-cluster", "-conf", layout.conf(id).toString()));
        var builder = new ProcessBuilder(line)
                .directory(layout.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(layout.log(id).toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SKEIN_") || name.startsWith("VARPULIS_"));
        processes.put(id, builder.start());
    }

    /** Of this process, also for one that runs elsewhere. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public Target target() {
        try {
            var key = new Secret(Files.readString(layout.apiKey()));
            return new Target(
                    URI.create("http://127.0.0.1:" + httpPort),
                    "the demo",
                    new Target.Credential("x-api-key", key),
                    null,
                    false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> workers() {
        return workers;
    }

    @Override
    public @Nullable String awaitEnd(Duration longest) {
        var ends = processes.values().stream().map(Process::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.anyOf(ends).get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(ExitCode.INTERRUPTED, "interrupted");
        }
        return processes.entrySet().stream()
                .filter(each -> !each.getValue().isAlive())
                .findFirst()
                .map(each -> "%s ended with %d\n%s"
                        .formatted(each.getKey(), each.getValue().exitValue(), tail(each.getKey())))
                .orElse(null);
    }

    @Override
    public String tails() {
        return processes.keySet().stream().map(this::tail).collect(Collectors.joining("\n"));
    }

    private String tail(String id) {
        try {
            var lines = Files.readAllLines(layout.log(id)).stream()
                    .filter(line -> !line.startsWith("\tat ")) // the log keeps the whole trace
                    .toList();
            var last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
            return "--- " + layout.log(id) + "\n" + String.join("\n", last);
        } catch (IOException e) {
            return "--- " + layout.log(id) + " cannot be read";
        }
    }

    /** Whether they are being stopped, or will be in a moment: Ctrl-C on a terminal reaches them before it does us. */
    boolean isClosing() {
        try {
            return closing.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        processes.values().forEach(Process::destroy);
        var ends = processes.values().stream().map(Process::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            processes.values().forEach(Process::destroyForcibly);
            CompletableFuture.allOf(ends)
                    .orTimeout(STOP.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (InterruptedException e) {
            processes.values().forEach(Process::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
