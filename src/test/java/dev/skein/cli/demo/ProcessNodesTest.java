package dev.skein.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.child.FreePorts;
import dev.skein.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessNodesTest {
    private static final Duration SECONDS = Duration.ofSeconds(20);

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void each_node_gets_its_settings_and_none_outlives_the_demo(@TempDir Path folder) throws IOException {
        var layout = Layout.fresh(folder);
        var others = children(); // of tests before this one in the same process
        try (var nodes = ProcessNodes.start(layout, command(), ports(), new ProcessNodes.Ports(19_100, 2))) {
            assertThat(nodes.workers()).containsExactly("worker-0", "worker-1");
            assertThat(nodes.awaitEnd(Duration.ofMillis(1))).isNull();
            var own = new ArrayList<>(children());
            own.removeAll(others);
            assertThat(own).hasSize(4);
        }

        assertThat(others).containsAll(children());
        assertThat(Files.readString(layout.conf("worker-1")))
                .contains("node.id: \"worker-1\"")
                .contains("verticles: [worker, router, http]")
                .contains("node.exit-with-parent: true")
                .contains("http.api-key-file: \"" + layout.apiKey() + "\"")
                .containsPattern("cluster.members: \\[(\"127.0.0.1:[0-9]+\"(, )?){4}\\]");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.apiKey())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_node_that_ends_is_named_with_its_last_lines(@TempDir Path folder) {
        var broken = new ArrayList<>(command());
        broken.add("broken");
        try (var nodes = ProcessNodes.start(Layout.fresh(folder), broken, ports(), new ProcessNodes.Ports(19_100, 1))) {
            assertThat(nodes.awaitEnd(SECONDS)).contains(" ended with 3\n").contains("no good reason");
        }
    }

    @Test
    void a_taken_port_is_named_with_its_holder_and_another_chosen() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = ports().from(taken.getLocalPort());

            assertThat(port).isGreaterThan(taken.getLocalPort());
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains("port " + taken.getLocalPort() + " is held by process "
                            + ProcessHandle.current().pid())
                    .endsWith("; taking " + port + "\n");
        }
    }

    private FreePorts ports() {
        var streams = new Terminal.Streams(InputStream.nullInputStream(), new ByteArrayOutputStream(), err);
        return new FreePorts(new Terminal(streams, Terminal.Shape.NONE));
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    }

    private static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FakeNode.class.getName());
    }
}
