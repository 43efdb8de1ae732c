package dev.skein.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.FakeCluster;
import dev.skein.cli.Run;
import dev.skein.fault.nodes.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiFailuresTest {
    private static final String WORKERS = "GET /api/v1/cluster/workers";

    private final FakeCluster cluster = new FakeCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({"400,2", "401,4", "403,4", "404,3", "405,2", "409,5", "413,2", "415,2", "429,6", "500,1", "502,6"})
    void each_status_has_its_exit_code(int status, int exit) {
        cluster.on(WORKERS, status, "{\"error\":\"no\",\"code\":\"c\",\"request_id\":\"r-1\"}");

        assertThat(cluster.run("worker", "list").exit()).isEqualTo(exit);
    }

    @ParameterizedTest
    @CsvSource({"503,6", "504,7", "507,1"})
    void each_late_status_has_its_exit_code(int status, int exit) {
        cluster.on(WORKERS, status, "not even JSON");

        var run = cluster.run("worker", "list");

        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.err()).contains("answered " + status + " without saying why");
    }

    @Test
    void an_endpoint_where_nobody_listens_is_named_with_its_origin() throws IOException {
        int port = Ports.free();

        var run = Run.of("worker", "list", "--endpoint", "http://127.0.0.1:" + port);

        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.err()).isEqualTo("""
                error: nothing answers at http://127.0.0.1:%d
                  why  the endpoint came from --endpoint
                  try  skein node up, or --endpoint URL of a coordinator that runs
                """.formatted(port));
    }

    @Test
    void an_answer_that_takes_too_long_ends_with_7() {
        var gate = new CompletableFuture<FakeCluster.Answer>();
        cluster.on(WORKERS, asked -> gate.join());

        assertThat(cluster.run("worker", "list", "--timeout", "100ms").exit()).isEqualTo(7);
        gate.complete(new FakeCluster.Answer(200, FakeCluster.WORKERS));
    }

    @Test
    void a_key_in_the_environment_is_sent_in_silence_and_one_on_the_line_warns() {
        var silent =
                Run.with(Map.of("SKEIN_ENDPOINT", cluster.endpoint(), "SKEIN_API_KEY", "admin"), "", "worker", "list");
        assertThat(silent.err()).isEmpty();
        assertThat(key()).isEqualTo(List.of("admin"));

        var warned = cluster.run("worker", "list", "--api-key", "other");
        assertThat(warned.err()).startsWith("warning: others on this host can read --api-key");
        assertThat(key()).isEqualTo(List.of("other"));
    }

    @Test
    void a_token_is_read_from_a_file(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("t.jwt"), "abc.def.ghi\n");

        cluster.run("worker", "list", "--token-file", file.toString());

        assertThat(cluster.last(WORKERS).headers().get("Authorization")).containsExactly("Bearer abc.def.ghi");
    }

    @Test
    void a_contexts_token_goes_to_the_contexts_endpoint_only(@TempDir Path folder) throws IOException {
        var file = contexts(folder, "rw-------");
        Files.writeString(folder.resolve("s.jwt"), "secret-token");
        var environment = Map.of("SKEIN_CONFIG", file.toString());

        Run.with(environment, "", "worker", "list");
        assertThat(cluster.last(WORKERS).headers().get("Authorization")).containsExactly("Bearer secret-token");

        Run.with(environment, "", "worker", "list", "--endpoint", cluster.endpoint());
        assertThat(cluster.last(WORKERS).headers()).doesNotContainKey("Authorization");
    }

    @Test
    void contexts_that_others_can_read_are_refused(@TempDir Path folder) throws IOException {
        var file = contexts(folder, "rw-r--r--");

        var run = Run.with(Map.of("SKEIN_CONFIG", file.toString()), "", "worker", "list");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err()).contains("can be read by others").contains("chmod 600 ");
    }

    @Test
    void a_redirect_is_not_followed() {
        cluster.on(WORKERS, 302, "");

        assertThat(cluster.run("worker", "list").exit()).isEqualTo(1);
    }

    @Test
    void request_lines_are_shown_on_demand_and_keys_never() {
        var run = cluster.run("worker", "list", "-vv", "--api-key", "admin");

        assertThat(run.err()).contains("GET " + cluster.endpoint() + "/api/v1/cluster/workers?limit=1000&offset=0 200");
        assertThat(run.err()).doesNotContain("admin");
    }

    private List<String> key() {
        return cluster.last(WORKERS).headers().get("X-api-key");
    }

    private Path contexts(Path folder, String permissions) throws IOException {
        var file = Files.writeString(
                folder.resolve("config.yaml"),
                "current: staging\ncontexts:\n  staging: {endpoint: \"" + cluster.endpoint()
                        + "\", token-file: s.jwt}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        Files.writeString(folder.resolve("s.jwt"), "secret-token");
        return file;
    }
}
