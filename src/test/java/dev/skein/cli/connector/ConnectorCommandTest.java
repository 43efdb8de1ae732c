package dev.skein.cli.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.FakeCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorCommandTest {
    private static final String PATH = "/api/v1/cluster/connectors";
    private static final String BROKER = """
            {"name":"broker","connector_type":"mqtt","params":{"host":"10.0.0.7","password":"***"}}""";

    @TempDir
    Path folder;

    private final FakeCluster cluster = new FakeCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void connectors_are_listed_and_shown_with_their_secrets_masked() {
        cluster.on("GET " + PATH, 200, "{\"connectors\":[" + BROKER + "],\"total\":1,\"pagination\":{}}");
        cluster.on("GET " + PATH + "/broker", 200, BROKER);

        assertThat(cluster.run("connector", "list").out()).contains("broker", "mqtt", "***");
        assertThat(cluster.run("connectors", "get", "broker", "-o", "json").out())
                .contains("\"items\":[" + BROKER + "]");
    }

    @Test
    void a_connector_is_created_with_a_secret_from_a_file() throws IOException {
        var secret = Files.writeString(folder.resolve("mqtt.password"), "geheim\n");
        cluster.on("POST " + PATH, 201, BROKER);

        var run = cluster.run(
                "connector",
                "create",
                "broker",
                "--type",
                "mqtt",
                "--param",
                "host=10.0.0.7",
                "--param-file",
                "password=" + secret);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(cluster.last("POST " + PATH).body())
                .isEqualTo("{\"name\":\"broker\",\"connector_type\":\"mqtt\","
                        + "\"params\":{\"host\":\"10.0.0.7\",\"password\":\"geheim\"}}");
        assertThat(run.out() + run.err()).doesNotContain("geheim");
    }

    @Test
    void a_file_that_cannot_be_read_is_named_and_nothing_is_sent() {
        var run = cluster.run("connector", "create", "broker", "--type", "mqtt", "--param-file", "password=/nowhere");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("/nowhere");
        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void a_connector_is_replaced_by_its_name() {
        cluster.on("PUT " + PATH + "/broker", 200, BROKER);

        assertThat(cluster.run("connector", "update", "broker", "--type", "mqtt", "--param", "password=***")
                        .exit())
                .isZero();
        assertThat(cluster.last("PUT " + PATH + "/broker").body()).contains("\"password\":\"***\"");
    }

    @Test
    void one_that_is_in_use_stays_and_deleting_needs_a_yes() {
        cluster.on("DELETE " + PATH + "/broker", 409, """
                {"error":"orders names it","code":"connector_in_use","request_id":"r-1"}""");

        assertThat(cluster.run("connector", "delete", "broker").exit()).isEqualTo(2);
        assertThat(cluster.run("connector", "delete", "broker", "--yes").exit()).isEqualTo(5);
    }
}
