package dev.skein.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.process.Command.Limits;
import dev.skein.process.Ended.Cause;
import dev.skein.process.Ended.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control groups in a folder that looks like the kernel's: few machines let a test change the real ones. */
class GroupsTest {
    private static final long CAP = 64L << 20;

    @TempDir
    Path root;

    private Path membership;
    private Path own;

    @BeforeEach
    void make() throws IOException {
        own = Files.createDirectories(root.resolve("service"));
        membership = Files.writeString(root.resolve("membership"), "4:memory:/other\n0::/service\n");
        Files.writeString(own.resolve("cgroup.controllers"), "cpu memory pids\n");
        Files.writeString(own.resolve("cgroup.procs"), "4711\n");
    }

    @Test
    void a_command_enters_a_group_of_its_own_and_what_the_kernel_says_of_it_counts() throws Exception {
        var group = own + "/skein-?????*"; // the node goes into skein-node
        var script = "echo 'oom_kill 1' > %1$s/memory.events; echo 77000000 > %1$s/memory.peak; exit 9";

        var ended = run("cat %1$s/cgroup.procs %1$s/memory.max > %2$s/seen; ".formatted(group, root)
                + script.formatted("$(echo " + group + ")"));

        assertThat(Files.readAllLines(root.resolve("seen"))).containsExactly("0", Long.toString(CAP));
        assertThat(ended.cause()).isEqualTo(new Cause(Kind.OOM_KILLED, "cgroup", false));
        assertThat(ended.peak().residentBytes()).isEqualTo(77_000_000);
        assertThat(own.resolve("skein-node/cgroup.procs")).hasContent("4711");
        assertThat(own.resolve("cgroup.subtree_control")).hasContent("+memory");
    }

    @Test
    void an_end_in_a_group_that_never_was_short_is_as_it_is() throws Exception {
        assertThat(run("exit 9").cause()).isEqualTo(new Cause(Kind.FAILED, "", false));
    }

    @Test
    void without_the_controller_or_the_right_there_are_none() throws IOException {
        assertThat(Groups.find(root.resolve("nonesuch"), root)).isNull();
        Files.writeString(membership, "4:memory:/service\n");
        assertThat(Groups.find(membership, root)).isNull();
        Files.writeString(membership, "0::/service\n");
        Files.writeString(own.resolve("cgroup.controllers"), "cpu\n");
        assertThat(Groups.find(membership, root)).isNull();
    }

    private Ended run(String script) throws Exception {
        try (var processes = new Processes(() -> Groups.find(membership, root))) {
            var environment = Command.environment(System.getenv(), Map.of());
            var limits = new Limits(CAP, 0, 100, 100, 0, 0, null);
            var command = new Command(List.of("sh", "-c", script), root, environment, limits);
            return processes
                    .start(command, (error, bytes, length) -> {})
                    .ended()
                    .get(60, SECONDS);
        }
    }
}
