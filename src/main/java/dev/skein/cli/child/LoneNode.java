package dev.skein.cli.child;

import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.client.SkeinClient;
import dev.skein.kernel.Ids;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A node with every role for one command, on a free port of loopback under a key of its own. Its data stay in a
 * directory that one such node at a time has.
 */
public final class LoneNode implements AutoCloseable {
    private static final String HEAP = "-Xmx1g";
    private static final int PORT_FIRST = 9_300;
    private static final int KEY_BYTES = 16;
    private static final int DIRECTORIES_MAX = 16;
    private static final Duration STOP = Duration.ofSeconds(2);

    private final Process process;
    private final FileChannel lock;
    private final SkeinClient client;

    private LoneNode(Process process, FileChannel lock, SkeinClient client) {
        this.process = process;
        this.lock = lock;
        this.client = client;
    }

    /**
     * Starts one; it may not answer yet.
     *
     * @param base directory whose first subdirectory without a running node is used; made when it is not there
     */
    public static LoneNode start(Path base, FreePorts ports) {
        try {
            Files.createDirectories(
                    base, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            for (int i = 0; i < DIRECTORIES_MAX; i++) {
                var directory = Files.createDirectories(base.resolve(String.valueOf(i)));
                var lock = lock(directory.resolve("lock"));
                if (lock != null) {
                    return start(directory, lock, ports.quietly(PORT_FIRST));
                }
            }
        } catch (IOException e) {
            throw Failure.of(ExitCode.FAILED, "a node of its own cannot be started in " + base)
                    .because(e.getMessage());
        }
        throw Failure.of(ExitCode.CONFLICT, DIRECTORIES_MAX + " nodes run already in " + base)
                .advise("--endpoint URL of a node for all of them");
    }

    private static LoneNode start(Path directory, FileChannel lock, int port) throws IOException {
        var key = Ids.hex(KEY_BYTES);
        var line = new ArrayList<>(NodeProgram.command(HEAP));
        line.addAll(List.of("node", "up", "--port", String.valueOf(port), "--data-dir", directory + "/data"));
        var builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("node.log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SKEIN_") || name.startsWith("VARPULIS_"));
        builder.environment().put("SKEIN_NODE_EXIT_WITH_PARENT", "true");
        builder.environment().put("SKEIN_HTTP_API_KEY", key);
        var process = builder.start();
        var client = SkeinClient.at("http://127.0.0.1:" + port).withKey(key);
        return new LoneNode(process, lock, client);
    }

    private static @Nullable FileChannel lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            return null;
        }
        channel.close();
        return null;
    }

    public SkeinClient client() {
        return client;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().orTimeout(STOP.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                process.destroyForcibly();
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
