package dev.skein;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.skein.fault.nodes.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files for Grafana and Prometheus name only what a real node shows. */
class MetricFilesTest {
    private static final Pattern METRIC = Pattern.compile("\\bskein_[a-z_]+");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static Node node;
    private static String root;
    private static Set<String> shown;

    @BeforeAll
    static void scrape() throws Exception {
        int port = Ports.free();
        root = "http://127.0.0.1:" + port;
        var flags = Map.of("http.port", Integer.toString(port), "node.data-dir", folder.toString());
        node = new Node(NodeSettings.read(null, Map.of(), flags).requireSound());
        node.start().await(60, SECONDS);
        var group = new ObjectMapper()
                .readTree(post("/api/v1/cluster/pipeline-groups", """
                        {"name": "g", "pipelines": [{"name": "p", "source": "stream A = X .emit(v: 1)"},
                         {"name": "bad", "source": "stream A ="}]}"""))
                .path("id")
                .asText();
        post("/api/v1/cluster/pipeline-groups/" + group + "/inject", "{\"event_type\": \"X\"}");
        shown = get("/metrics")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]")[0])
                .collect(Collectors.toSet());
    }

    @AfterAll
    static void stop() throws Exception {
        node.stop().await(60, SECONDS);
    }

    @Test
    void the_dashboard_names_only_metrics_that_exist() throws IOException {
        var expressions = new ArrayList<String>();
        collect(new ObjectMapper().readTree(Path.of("docker/grafana/skein.json").toFile()), expressions);

        assertThat(expressions).hasSizeGreaterThanOrEqualTo(10);
        assertThat(shown).containsAll(named(expressions));
    }

    @Test
    void the_rules_name_only_metrics_that_exist() throws IOException {
        var expressions = new ArrayList<String>();
        collect(
                new YAMLMapper()
                        .readTree(Path.of("docker/prometheus/rules.yaml").toFile()),
                expressions);

        assertThat(expressions).hasSizeGreaterThanOrEqualTo(7);
        assertThat(shown).containsAll(named(expressions));
    }

    @Test
    void the_scaler_follows_a_metric_that_exists() throws IOException {
        var query = new YAMLMapper()
                .readTree(Path.of("docker/kubernetes/keda.yaml").toFile())
                .at("/spec/triggers/0/metadata/query")
                .asText();

        assertThat(shown).containsAll(named(List.of(query)));
        assertThat(named(List.of(query))).isNotEmpty();
    }

    @Test
    void the_health_check_of_the_image_tells_a_node_from_none() throws Exception {
        assertThat(healthCheck(URI.create(root).getPort())).isZero();
        assertThat(healthCheck(Ports.free())).isNotZero();
    }

    private static int healthCheck(int port) throws Exception {
        var check = new ProcessBuilder("bash", "docker/healthcheck", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("healthcheck.log").toFile())
                .start();
        assertThat(check.waitFor(10, SECONDS)).isTrue();
        return check.exitValue();
    }

    @Test
    void alerts_and_advice_are_there_with_their_numbers() throws Exception {
        var json = new ObjectMapper();
        var alerts = json.readTree(get("/api/v1/alerts?state=open")).path("alerts");
        var scaling = json.readTree(get("/api/v1/cluster/scaling"));

        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.path("rule").asText()).isEqualTo("placements-failed");
            assertThat(alert.path("state").asText()).isEqualTo("open");
            var known = json.readTree(post(
                    "/api/v1/alerts/" + alert.path("id").asText() + "/ack",
                    "{\"for_secs\": 60, \"reason\": \"known\"}"));
            assertThat(known.path("state").asText()).isEqualTo("acknowledged");
            assertThat(known.path("acknowledged").path("reason").asText()).isEqualTo("known");
        });
        assertThat(scaling.path("action").asText()).isEqualTo("stable");
        assertThat(scaling.path("reason").asText()).isEqualTo("No scaling policy configured");
        assertThat(scaling.path("total_pipelines").asInt()).isEqualTo(2);
    }

    private static void collect(JsonNode node, List<String> expressions) {
        node.properties().forEach(field -> {
            if (field.getKey().equals("expr")) {
                expressions.add(field.getValue().asText());
            }
        });
        node.forEach(child -> collect(child, expressions));
    }

    private static Set<String> named(List<String> expressions) {
        var names = new TreeSet<String>();
        for (var expression : expressions) {
            var found = METRIC.matcher(expression);
            while (found.find()) {
                names.add(found.group());
            }
        }
        return names;
    }

    private static String get(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(root + path)).build(), BodyHandlers.ofString())
                .body();
    }

    private static String post(String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(root + path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString()).body();
    }
}
