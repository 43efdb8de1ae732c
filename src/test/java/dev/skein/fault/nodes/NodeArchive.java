package dev.skein.fault.nodes;

import dev.skein.kernel.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** The classes of a node as the JVM keeps them between processes, with which one starts in half the time. */
public final class NodeArchive {
    private static final Path FILE = Path.of("target/skein-node.jsa").toAbsolutePath();
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final List<String> FLAGS = List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + made());

    private NodeArchive() {}

    /** For a JVM that runs the built jar. */
    public static List<String> flags() {
        return FLAGS;
    }

    /** By whichever test process comes first. */
    private static Path made() {
        try (var channel =
                        FileChannel.open(Path.of(FILE + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (lock.isValid() && !isOfJar()) {
                make();
            }
            return FILE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOfJar() throws IOException {
        return Files.exists(FILE)
                && Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(NodeProcess.JAR)) > 0;
    }

    /** A node of every role writes it when it ends. */
    private static void make() throws IOException, InterruptedException {
        Files.deleteIfExists(FILE);
        var folder = Files.createTempDirectory("skein-archive");
        try {
            make(folder);
        } finally {
            Trees.delete(folder);
        }
    }

    private static void make(Path folder) throws IOException, InterruptedException {
        var conf = folder.resolve("node.yaml");
        int port = Ports.free();
        Files.writeString(conf, """
                node: {id: first, data-dir: %s}
                verticles: [coordinator, worker, heavy-worker, router, http]
                cluster: {name: archive-%d, port: %d, port-count: 1, members: ["127.0.0.1:%3$d"]}
                http: {port: %2$d, api-key: of-nobody}
                """.formatted(folder.resolve("data"), port, Ports.free()));
        var program = List.of(
                "-XX:ArchiveClassesAtExit=" + FILE,
                "-Xlog:disable",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                NodeProcess.JAR.toString(),
                "-cluster",
                "-conf",
                conf.toString());
        try (var node = NodeProcess.startJava("first", folder, program)) {
            new Api(port, "of-nobody").getUntil(LONGEST, "/ready", answer -> answer.status() == 200);
            node.signal("TERM");
            if (node.exitCode(LONGEST) != 0) {
                throw new IllegalStateException("the archive of classes was not written" + node.tail());
            }
        }
    }
}
