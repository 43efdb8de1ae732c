package dev.skein.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every shell block of the documents does what it says, typed in order into one shell. */
class OperationsIT {
    private static final Duration LONGEST = Duration.ofSeconds(180);
    private static final String GROUP = """
            {"name": "from-file", "pipelines": [{"name": "p", "source": "stream A = EventC .emit(x: 1)"}]}""";

    @Test
    void the_commands_of_the_operations_page_work(@TempDir Path folder) throws Exception {
        var page = new Page("docs/operations.md");

        new Shell(folder).run(page.script(), Map.of("SKEIN_CLUSTER_NAME", "it-" + page.port("9100")), LONGEST);

        assertThat(Files.list(folder).map(file -> file.getFileName().toString()))
                .contains("data", "certs")
                .doesNotContain("certs.new");
    }

    @Test
    void the_commands_of_the_readme_work(@TempDir Path folder) throws Exception {
        var page = new Page("README.md");
        Files.writeString(folder.resolve("group.json"), GROUP);
        var script = page.script().replace("{group_id}", "$(skein group list --filter name=my-group -o name)");

        new Shell(folder)
                .run(
                        script,
                        Map.of(
                                "SKEIN_API_KEY",
                                "admin",
                                "SKEIN_ENDPOINT",
                                "http://localhost:" + page.port("9100"),
                                "SKEIN_CLUSTER_NAME",
                                "it-" + page.port("9100"),
                                "SKEIN_CLUSTER_PORT",
                                Integer.toString(page.port("5701"))),
                        LONGEST);

        assertThat(Files.readString(folder.resolve("output"))).contains("\"routed_to\":\"ingest\"");
    }

    @Test
    void the_commands_of_the_security_page_work(@TempDir Path folder) throws Exception {
        new Shell(folder).run(new Page("docs/security.md").script(), Map.of(), LONGEST);

        assertThat(folder.resolve("certs/join.key")).isNotEmptyFile();
    }
}
