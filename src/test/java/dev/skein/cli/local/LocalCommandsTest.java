package dev.skein.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.auth.Algorithm;
import dev.skein.auth.Role;
import dev.skein.auth.Tokens;
import dev.skein.cli.FakeCluster;
import dev.skein.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCommandsTest {
    @Test
    void a_token_is_printed_alone_and_the_node_believes_it(@TempDir Path data) {
        var run = Run.of("token", "create", "--role", "operator", "--expires", "5m", "--data-dir", data.toString());

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        var principal = Tokens.open(data, Algorithm.EDDSA, InstantSource.system())
                .verify(run.out().strip());
        assertThat(principal.role()).isEqualTo(Role.OPERATOR);
    }

    @Test
    void a_token_for_nobodys_folder_role_or_time_is_refused(@TempDir Path data) {
        var folder = data.toString();

        assertThat(Run.of("token", "create", "--role", "viewer", "--data-dir", folder + "/none")
                        .exit())
                .isEqualTo(3);
        assertThat(Run.of("token", "create", "--role", "chief", "--data-dir", folder)
                        .exit())
                .isEqualTo(2);
        assertThat(Run.of("token", "create", "--role", "viewer", "--expires", "9h", "--data-dir", folder)
                        .exit())
                .isEqualTo(2);
        assertThat(Run.of("token", "create", "--role", "viewer", "--expires", "soon")
                        .err())
                .contains("--expires must be a length of time like");
    }

    @Test
    void every_fault_of_a_configuration_is_reported_at_once() {
        var run = Run.of("config", "check", "-f", "{\"http.prot\": 1, \"http.port\": 99999}");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("error: the settings cannot work: 2 faults\n")
                .contains("unknown setting http.prot")
                .contains("http.port must be between 0 and 65535");
    }

    @Test
    void what_works_and_is_unwise_is_a_warning(@TempDir Path folder) throws IOException {
        var conf = Files.writeString(folder.resolve("c.yaml"), "http: {host: 0.0.0.0, api-key: admin}\n");
        Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-r--r--"));

        var keyInFile = Run.of("config", "check", "-f", conf.toString());
        var open = Run.of("config", "check", "-f", "{\"http.host\": \"0.0.0.0\"}");

        assertThat(keyInFile.exit()).isZero();
        assertThat(keyInFile.err()).contains("warning: http.api-key is written in file");
        assertThat(open.err()).contains("warning: http.host 0.0.0.0 can be reached from outside");
    }

    @Test
    void settings_are_shown_with_their_origin_and_without_secrets() {
        var run = Run.of(
                "config", "show", "-f", "{\"http.api-key\": \"admin\"}", "--filter", "origin!=default", "-o", "json");

        assertThat(run.out())
                .isEqualTo("{\"schema\":1,\"items\":[{\"key\":\"http.api-key\",\"value\":\"***\","
                        + "\"origin\":\"inline configuration\"}],\"next\":null}\n");
    }

    @Test
    void the_doctor_reports_machine_and_node_line_by_line() {
        try (var cluster = new FakeCluster()) {
            cluster.on("GET /health", 200, """
                    {"status":"healthy","role":"coordinator","version":"0.1.0","workers":{"total":2,"healthy":2}}""");
            cluster.on("GET /ready", 503, "{\"error\":\"still loading\",\"code\":\"not_ready\"}");

            var run = cluster.run("doctor", "-o", "jsonl", "--fields", "check,state");

            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.out())
                    .contains("{\"check\":\"java\",\"state\":\"ready\"}\n")
                    .contains("{\"check\":\"node\",\"state\":\"ready\"}\n")
                    .endsWith("{\"check\":\"ready\",\"state\":\"failed\"}\n");
        }
    }

    @Test
    void contexts_are_listed_without_their_tokens(@TempDir Path folder) throws IOException {
        var file = Files.writeString(
                folder.resolve("config.yaml"),
                "current: a\ncontexts: {a: {endpoint: 'https://a', token-file: t}, b: {endpoint: 'https://b'}}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(Run.with(Map.of("SKEIN_CONFIG", file.toString()), "", "context", "list")
                        .out())
                .isEqualTo("""
                NAME  CURRENT  ENDPOINT
                a     true     https://a
                b     false    https://b
                """);
    }

    @Test
    void contexts_are_made_used_changed_and_forgotten(@TempDir Path folder) throws IOException {
        var file = folder.resolve("new/config.yaml");
        var here = Map.of("SKEIN_CONFIG", file.toString());

        assertThat(Run.with(here, "", "context", "set", "a", "--endpoint", "https://a", "--confirm")
                        .exit())
                .isZero();
        assertThat(Run.with(here, "", "context", "set", "b", "--endpoint", "https://b", "--ca-file", "ca.pem")
                        .exit())
                .isZero();
        assertThat(Run.with(here, "", "context", "list", "--filter", "current=true", "-o", "name")
                        .out())
                .isEqualTo("a\n");
        assertThat(Run.with(here, "", "context", "use", "b").exit()).isZero();
        assertThat(Run.with(here, "", "context", "list", "--filter", "current=true", "-o", "name")
                        .out())
                .isEqualTo("b\n");
        assertThat(Files.readString(file))
                .contains("confirm: true", Path.of("ca.pem").toAbsolutePath().toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Run.with(here, "", "context", "delete", "b").exit()).isZero();
        assertThat(Run.with(here, "", "context", "list", "-o", "name").out()).isEqualTo("a\n");
        assertThat(Files.readString(file)).doesNotContain("current");
    }

    @Test
    void a_context_that_is_not_there_or_cannot_be_is_refused_and_the_file_stays(@TempDir Path folder)
            throws IOException {
        var file = folder.resolve("config.yaml");
        var here = Map.of("SKEIN_CONFIG", file.toString());
        Run.with(here, "", "context", "set", "staging", "--endpoint", "https://a");
        var before = Files.readString(file);

        var unknown = Run.with(here, "", "context", "use", "stagin");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("there is no context stagin", "try  skein context use staging");
        assertThat(Run.with(here, "", "context", "set", "x", "--endpoint", "nowhere")
                        .exit())
                .isEqualTo(2);
        assertThat(Run.with(here, "", "context", "set", "x/y", "--endpoint", "https://a")
                        .exit())
                .isEqualTo(2);
        assertThat(Run.with(here, "", "context", "set", "staging").err()).contains("nothing to set");
        assertThat(Run.with(here, "", "context", "delete", "nope").exit()).isEqualTo(2);
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void what_is_not_a_file_of_settings_is_named_for_what_it_is(@TempDir Path folder) throws IOException {
        var binary = Files.write(folder.resolve("skein.jar"), new byte[] {'P', 'K', 3, 4, (byte) 0xfe, (byte) 0xff, 0});
        var zeros = Files.write(folder.resolve("zeros"), new byte[64]);

        assertThat(check(folder)).contains("file " + folder + " is a folder");
        assertThat(check(binary)).contains("is not text in UTF-8");
        assertThat(check(zeros)).contains("zeros is neither YAML nor JSON");
        assertThat(check(folder.resolve("none.yaml"))).contains("none.yaml does not exist");
    }

    @Test
    void a_key_that_is_given_flat_and_nested_is_named(@TempDir Path folder) throws IOException {
        var both = Files.writeString(folder.resolve("c.yaml"), "http.port: 1\nhttp: {port: 2}\nhttp.prot: 3\n");
        var twice = Files.writeString(folder.resolve("d.yaml"), "http.port: 1\nhttp.port: 2\n");

        assertThat(check(both))
                .contains("2 faults", "http.port is given twice, flat and nested", "unknown setting http.prot");
        assertThat(check(twice)).contains("Duplicate field 'http.port'", "line 2");
    }

    private static String check(Path file) {
        var run = Run.of("config", "check", "-f", file.toString());
        assertThat(run.exit()).isEqualTo(2);
        return run.err();
    }
}
