package dev.skein.cli.demo.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.cli.FakeCluster;
import dev.skein.cli.FakeHost;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.Target;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Terminal;
import dev.skein.kernel.SteadyClock;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnSourcesTest {
    private static final String WORKSPACE = "/api/v1/workspaces/skein";
    private static final String STATUS = """
            {"partial": false, "stale": false, "shards": [
              {"worker": "worker-0", "files": 3, "symbols": 20}, {"worker": "worker-1", "files": 1, "symbols": 5}]}""";
    private static final String PLACE = """
            {"name": "ByteSize", "places": [{"path": "%s", "at": {"line": 9, "column": 20}}]}""";

    private final FakeCluster http = new FakeCluster();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @AfterEach
    void stop() {
        http.close();
    }

    private OwnSources sources(String declaredIn) {
        http.on("POST /api/v1/workspaces", 201, "{}");
        http.on("GET " + WORKSPACE + "/status", 200, STATUS);
        http.on("GET " + WORKSPACE + "/definition", 200, PLACE.formatted(declaredIn));
        var streams = new Terminal.Streams(InputStream.nullInputStream(), out, out);
        var shell = new Shell(new Terminal(streams, Terminal.Shape.NONE), new FakeHost());
        var target = new Target(URI.create(http.endpoint()), "the test", null, null, false);
        return new OwnSources(Api.at(target, shell, Duration.ofSeconds(30)), shell, SteadyClock.system());
    }

    @Test
    void what_is_indexed_and_where_the_name_is_declared_is_told() {
        sources("src/main/java/dev/skein/kernel/ByteSize.java").run(Path.of("").toAbsolutePath());

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("index       4 files, 25 symbols in 2 shards on 2 workers after")
                .contains("src/main/java/dev/skein/kernel/ByteSize.java:10, of another shard");
    }

    @Test
    void a_declaration_elsewhere_is_a_failure() {
        assertThatThrownBy(() -> sources("src/test/java/dev/skein/kernel/ByteSizeTest.java")
                        .run(Path.of("").toAbsolutePath()))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.exit().number).isEqualTo(8));
    }

    @Test
    void without_sources_nothing_is_indexed(@TempDir Path elsewhere) {
        sources("").run(elsewhere);

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("no sources beside the jar");
    }
}
