package dev.skein.cli.child;

import dev.skein.cli.api.Target;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Pause;
import dev.skein.client.SkeinClient;
import dev.skein.config.Secret;
import dev.skein.kernel.Ids;
import dev.skein.kernel.LockFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * A node with every role for one command, on a free port of loopback under a key of its own; or a cluster of one node
 * that leads and some worker processes. Its data stay in a directory that one such node at a time has.
 */
public final class LoneNode implements AutoCloseable {
    private static final String HEAP = "-Xmx1g";
    private static final int PORT_FIRST = 9_300;
    private static final int MEMBER_PORT = 20_000;
    private static final int MEMBER_PORTS = 10_000;
    private static final int KEY_BYTES = 16;
    private static final int NAME_BYTES = 4;
    private static final int DIRECTORIES_MAX = 16;
    private static final Duration STOP = Duration.ofSeconds(2);
    private static final Duration READY_MAX = Duration.ofSeconds(90);
    private static final Duration READY_PAUSE = Duration.ofMillis(200);

    private final List<Process> processes = new ArrayList<>(); // the one that is asked is the first
    private final List<Path> logs = new ArrayList<>(); // of each
    private final Path directory;
    private final LockFile lock;
    private final int port;
    private final Map<String, String> settings;
    private final Secret key = new Secret(Ids.hex(KEY_BYTES));

    private LoneNode(Path directory, LockFile lock, int port, Map<String, String> settings) {
        this.settings = settings;
        this.directory = directory;
        this.lock = lock;
        this.port = port;
    }

    /**
     * Starts one; it may not answer yet.
     *
     * @param base directory whose first subdirectory without a running node is used; made when it is not there
     */
    public static LoneNode start(Path base, FreePorts ports) {
        return start(base, ports, 0, Map.of());
    }

    /**
     * The same with some processes that have the role of worker, which the first then has not.
     *
     * @param workers how many; 0 for one process with every role
     * @param settings of all of them, as variables of their environment
     */
    public static LoneNode start(Path base, FreePorts ports, int workers, Map<String, String> settings) {
        try {
            Files.createDirectories(
                    base, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            for (int i = 0; i < DIRECTORIES_MAX; i++) {
                var directory = Files.createDirectories(base.resolve(String.valueOf(i)));
                var lock = LockFile.take(directory.resolve("lock"));
                if (lock != null) {
                    return new LoneNode(directory, lock, ports.quietly(PORT_FIRST), settings).begin(ports, workers);
                }
            }
        } catch (IOException e) {
            throw Failure.of(ExitCode.FAILED, "a node of its own cannot be started in " + base)
                    .because(e.getMessage());
        }
        throw Failure.of(ExitCode.CONFLICT, DIRECTORIES_MAX + " nodes run already in " + base)
                .advise("--endpoint URL of a node for all of them");
    }

    private LoneNode begin(FreePorts ports, int workers) throws IOException {
        try {
            if (workers == 0) {
                begin("node", List.of("--port", String.valueOf(port)), Map.of());
                return this;
            }
            var members = new ArrayList<String>();
            int first = MEMBER_PORT + new SecureRandom().nextInt(MEMBER_PORTS); // another one may start right now
            for (int i = 0; i <= workers; i++) {
                members.add("127.0.0.1:" + ports.quietly(first));
            }
            var name = "lone-" + Ids.hex(NAME_BYTES);
            for (int i = 0; i <= workers; i++) {
                var roles = i == 0 ? "coordinator,router,http" : "worker,router,http";
                int http = i == 0 ? port : ports.quietly(port);
                var flags =
                        List.of("--port", String.valueOf(http), "--roles", roles, "--join", String.join(",", members));
                var id = i == 0 ? "node" : "worker-" + (i - 1);
                begin(id, flags, member(id, name, members.get(i)));
            }
            return this;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Map<String, String> member(String id, String cluster, String address) {
        return Map.of(
                "SKEIN_NODE_ID",
                id,
                "SKEIN_CLUSTER_NAME",
                cluster,
                "SKEIN_CLUSTER_HOST",
                "127.0.0.1",
                "SKEIN_CLUSTER_PORT",
                address.replaceFirst(".*:", ""),
                "SKEIN_CLUSTER_PORT_COUNT",
                "1");
    }

    private void begin(String id, List<String> flags, Map<String, String> member) throws IOException {
        var line = new ArrayList<>(NodeProgram.command(HEAP));
        line.addAll(List.of(
                "node",
                "up",
                "--data-dir",
                directory.resolve(id.equals("node") ? "data" : id).toString()));
        line.addAll(flags);
        var log = directory.resolve(id + ".log");
        var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SKEIN_") || name.startsWith("VARPULIS_"));
        builder.environment().put("SKEIN_NODE_EXIT_WITH_PARENT", "true");
        builder.environment().put("SKEIN_JOBS_FINISH_WITHIN", "200ms"); // nobody waits for them any more
        builder.environment().put("SKEIN_HTTP_API_KEY", key.reveal());
        builder.environment().putAll(settings);
        builder.environment().putAll(member);
        logs.add(log);
        processes.add(builder.start());
    }

    public SkeinClient client() {
        return SkeinClient.at("http://127.0.0.1:" + port).withKey(key.reveal());
    }

    /** Where it is and how to sign in there. */
    public Target target() {
        var endpoint = URI.create("http://127.0.0.1:" + port);
        return new Target(endpoint, "a node of its own", new Target.Credential("x-api-key", key), null, false);
    }

    /**
     * Waits until it can be worked with.
     *
     * @param isReady asked again and again
     */
    public void awaitReady(BooleanSupplier isReady) {
        for (long left = READY_MAX.dividedBy(READY_PAUSE); !isReady.getAsBoolean(); left--) {
            for (int i = 0; i < processes.size(); i++) {
                if (!processes.get(i).isAlive()) {
                    throw notReady("a node of its own ended", logs.get(i));
                }
            }
            if (left <= 0) {
                throw notReady("a node of its own did not get ready", telling());
            }
            Pause.of(READY_PAUSE);
        }
    }

    /** The log that says why, or else that of the node that is asked. */
    private Path telling() {
        return logs.stream()
                .filter(log -> !LastWords.of(log).isEmpty())
                .findFirst()
                .orElse(logs.get(0));
    }

    private static Failure notReady(String what, Path log) {
        var why = LastWords.of(log);
        return Failure.of(ExitCode.FAILED, what)
                .because(why.isEmpty() ? "its log is " + log : why)
                .advise("less " + log);
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        var ends = processes.stream().map(Process::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends)
                    .orTimeout(STOP.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                processes.forEach(Process::destroyForcibly);
            }
        }
        try {
            lock.close();
        } catch (IOException e) {
            throw Failure.of(ExitCode.FAILED, "the lock of the node's directory cannot be given back")
                    .because(e.getMessage());
        }
    }
}
