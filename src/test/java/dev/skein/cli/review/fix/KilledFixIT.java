package dev.skein.cli.review.fix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.fault.nodes.NodeProcess;
import dev.skein.git.side.Repo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own that is killed while a fix is built. */
class KilledFixIT {
    private static final String COMMAND = "if grep -q slow a.txt; then exec tail -f /dev/null; fi";

    @TempDir
    private Path directory;

    private List<Path> trees() throws IOException {
        try (var left = Files.list(directory.resolve("state/skein/fix/trees"))) {
            return left.toList();
        }
    }

    private Process start(ExecCluster cluster) throws IOException {
        var program = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                NodeProcess.JAR.toString(),
                "review",
                "fix",
                "r-7",
                "--command",
                COMMAND);
        var builder = new ProcessBuilder(program)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        builder.environment().putAll(cluster.environment());
        return builder.start();
    }

    @Test
    void what_it_leaves_is_its_work_tree_alone_and_the_next_run_removes_it() throws Exception {
        try (var repo = new Repo(directory.resolve("repo"));
                var cluster = new ExecCluster(repo.top, directory.resolve("state"))) {
            repo.write("a.txt", "one\ntwo\n");
            repo.commit();
            repo.write("untracked.txt", "mine\n");
            var before = repo.everything();
            cluster.finds("a.txt", 1, "one", "ONE").finds("a.txt", 2, "two", "slow");

            var process = start(cluster);
            try {
                cluster.running(3); // after a build without a fix and one that is kept
            } finally {
                process.destroyForcibly();
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(trees()).hasSize(1);
            assertThat(repo.beyondHead("skein/fix/r-7")).hasSize(1);

            var next = cluster.fix("--command", "true", "--finding", "f0");

            assertThat(next.exit()).as(next.err()).isZero();
            assertThat(next.err()).contains("removed what an interrupted run left", "branch skein/fix/r-7-2");
            assertThat(cluster.cancelled).containsExactly("j-3");
            assertThat(trees()).isEmpty();
            assertThat(repo.everything()).isEqualTo(before);
        }
    }
}
