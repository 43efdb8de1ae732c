package dev.skein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.skein.cli.Run;
import dev.skein.config.Settings;
import dev.skein.config.Sources;
import dev.skein.kernel.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files in docker/ name only variables, keys, ports, paths and arguments that the product has. */
class ShippingFilesTest {
    /** One container that runs a node. */
    private record Container(
            String name, Map<String, String> environment, List<String> arguments, String memory, Set<String> mounted) {}

    private static final Pattern PINNED = Pattern.compile("[a-z0-9./-]+:v?\\d+\\.\\d+[A-Za-z0-9._-]*");
    private static final Pattern FLAG = Pattern.compile("-(?:Xmx|XX:MaxDirectMemorySize=)(\\d+)m");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
    private static final Pattern SECRET = Pattern.compile("/run/secrets/(?:skein/)?(.+)");
    private static final long BESIDES_HEAP = 192L << 20;
    private static final String OURS = "skein:";

    @TempDir
    Path folder;

    @Test
    void every_container_would_start_with_its_environment_and_arguments() throws IOException {
        var containers = containers();

        assertThat(containers).hasSize(9);
        for (var container : containers) {
            var arguments = NodeArguments.parse(container.arguments.toArray(String[]::new));
            var environment = readable(container.environment);
            assertThatCode(() -> NodeSettings.read(null, environment, arguments.flags())
                            .requireSound())
                    .as(container.name)
                    .doesNotThrowAnyException();
            var settings = NodeSettings.read(null, environment, arguments.flags());
            assertThat(settings.cluster().enabled()).as(container.name).isTrue();
            assertThat(settings.cluster().joinKeys().isEmpty())
                    .as(container.name)
                    .isFalse();
        }
    }

    @Test
    void every_container_names_only_variables_that_are_settings_and_secrets_that_are_mounted() throws IOException {
        var known = NodeSettings.of(new Settings(Map.of())).settings().defaults().keySet().stream()
                .map(Sources::variable)
                .collect(Collectors.toSet());

        for (var container : containers()) {
            assertThat(ours(container.environment))
                    .as(container.name)
                    .isNotEmpty()
                    .isSubsetOf(known);
            var secrets = container.environment.values().stream()
                    .map(SECRET::matcher)
                    .filter(secret -> secret.matches())
                    .map(secret -> secret.group(1));
            assertThat(secrets).as(container.name).isNotEmpty().isSubsetOf(container.mounted);
        }
    }

    @Test
    void the_compositions_own_words_make_the_certificates_it_mounts_and_each_node_has_its_own() throws IOException {
        var words = Files.readAllLines(Path.of("docker/compose.yaml")).stream()
                .map(line -> line.replaceFirst("^# +", ""))
                .filter(line -> line.startsWith("bin/skein cert init "))
                .findFirst()
                .orElseThrow()
                .replace("docker/secrets", folder.toString())
                .split(" ");
        assertThat(Run.of(List.of(words).subList(1, words.length).toArray(String[]::new))
                        .exit())
                .isZero();

        for (var container : containers()) {
            var certificate = container.environment.get("SKEIN_BUS_TLS_CERT");
            if (certificate != null) {
                var id = container.environment.get("SKEIN_NODE_ID");
                assertThat(certificate).isEqualTo("/run/secrets/" + id + ".pem");
                assertThat(container.environment).containsEntry("SKEIN_BUS_TLS_KEY", "/run/secrets/" + id + ".key");
                assertThat(List.of("ca.pem", id + ".pem", id + ".key"))
                        .isSubsetOf(container.mounted)
                        .allSatisfy(file -> assertThat(folder.resolve(file)).exists());
                assertThat(container.mounted).doesNotContain("ca.key");
            }
        }
        assertThat(compose().path("secrets").has("ca.key")).isFalse();
    }

    @Test
    void heap_and_direct_memory_leave_room_in_every_limit() throws IOException {
        for (var container : containers()) {
            var flags = FLAG.matcher(container.environment.getOrDefault("JAVA_TOOL_OPTIONS", ""));
            var sizes = flags.results()
                    .map(size -> Long.parseLong(size.group(1)) << 20)
                    .toList();

            assertThat(sizes).as(container.name).hasSize(2);
            assertThat(sizes.get(0) + sizes.get(1) + BESIDES_HEAP)
                    .as(container.name)
                    .isLessThanOrEqualTo(ByteSize.parse(container.memory));
        }
    }

    @Test
    void images_are_pinned_and_ours_bears_the_version_of_this_project() throws IOException {
        var images = new ArrayList<String>();
        collect(compose(), "image", images);
        manifests("skein.yaml").forEach(manifest -> collect(manifest, "image", images));
        var from = dockerfile().filter(line -> line.startsWith("FROM ")).map(line -> line.substring(5));

        assertThat(Stream.concat(images.stream(), from))
                .hasSizeGreaterThan(13)
                .allMatch(image -> PINNED.matcher(image).matches());
        assertThat(images)
                .filteredOn(image -> image.startsWith(OURS))
                .hasSizeGreaterThan(8)
                .containsOnly(OURS + version());
    }

    @Test
    void the_image_starts_the_jar_it_holds_as_somebody_without_rights() throws IOException {
        var lines = dockerfile().toList();
        var defaults = NodeSettings.of(new Settings(Map.of())).settings().defaults();
        var ports = defaults.get("http.port") + " " + defaults.get("cluster.port");

        assertThat(lines)
                .contains("USER 10001", "EXPOSE " + ports, "COPY target/skein.jar /app/skein.jar")
                .contains("ENTRYPOINT [\"java\", \"-jar\", \"/app/skein.jar\"]");
        assertThat(lines.stream().filter(line -> line.startsWith("COPY ")).map(line -> line.split(" ")[1]))
                .contains("conf/", "docker/healthcheck")
                .filteredOn(source -> !source.startsWith("target/"))
                .allSatisfy(source -> assertThat(Path.of(source)).exists());
        assertThat(lines).anyMatch(line -> line.contains("\"/app/healthcheck\", \"" + defaults.get("http.port")));
    }

    @Test
    void probes_scrapes_and_ports_are_those_of_the_contract_and_the_settings() throws IOException {
        var paths = new YAMLMapper()
                .readTree(Path.of("src/main/resources/openapi.yaml").toFile())
                .path("paths");
        var asked = new ArrayList<>(List.of("/health"));
        manifests("skein.yaml")
                .forEach(manifest -> manifest.findValues("httpGet").forEach(probe -> {
                    asked.add(probe.path("path").asText());
                    assertThat(probe.path("port").asInt()).isEqualTo(9100);
                }));
        collect(prometheus(), "metrics_path", asked);
        manifests("skein.yaml").forEach(manifest -> collect(manifest, "prometheus.io/path", asked));

        assertThat(asked)
                .contains("/ready", "/metrics")
                .allSatisfy(path -> assertThat(
                                paths.path(path).path("get").path("x-role").asText())
                        .as(path)
                        .isEqualTo("open"));
        assertThat(Files.readString(Path.of("docker/healthcheck"))).contains("GET /health ");
    }

    @Test
    void prometheus_asks_every_node_of_the_composition_and_no_other() throws IOException {
        var targets = new ArrayList<String>();
        prometheus().findValues("targets").forEach(list -> list.forEach(each -> targets.add(each.asText())));
        var nodes = containers().stream()
                .filter(container -> container.name.startsWith("compose "))
                .map(container -> container.name.substring(8) + ":" + container.environment.get("SKEIN_HTTP_PORT"));

        assertThat(targets).containsExactlyInAnyOrderElementsOf(nodes.toList());
    }

    @Test
    void selectors_find_pods_and_pods_are_confined() throws IOException {
        var pods = manifests("skein.yaml")
                .map(manifest -> manifest.at("/spec/template"))
                .filter(template -> !template.isMissingNode())
                .toList();
        var labels = pods.stream().map(pod -> pod.at("/metadata/labels")).toList();
        var selectors = new ArrayList<JsonNode>();
        manifests("skein.yaml").forEach(manifest -> {
            selectors.addAll(manifest.findValues("matchLabels"));
            selectors.addAll(manifest.findValues("selector").stream()
                    .filter(selector -> !selector.has("matchLabels"))
                    .toList());
        });

        assertThat(pods).hasSize(2).allSatisfy(pod -> {
            assertThat(pod.at("/spec/enableServiceLinks").asBoolean(true)).isFalse();
            assertThat(pod.at("/spec/securityContext/runAsNonRoot").asBoolean()).isTrue();
            var container = pod.at("/spec/containers/0/securityContext");
            assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(pod.at("/spec/terminationGracePeriodSeconds").asLong())
                    .isGreaterThan(NodeConfig.DEFAULTS.stopDeadline().toSeconds());
        });
        assertThat(selectors)
                .hasSizeGreaterThan(6)
                .allSatisfy(selector -> assertThat(labels)
                        .anySatisfy(label -> selector.properties()
                                .forEach(one ->
                                        assertThat(label.path(one.getKey())).isEqualTo(one.getValue()))));
    }

    @Test
    void the_scaler_scales_a_deployment_that_exists() throws IOException {
        var scaled = manifests("keda.yaml").findFirst().orElseThrow();
        var deployments = manifests("skein.yaml")
                .filter(manifest -> manifest.path("kind").asText().equals("Deployment"))
                .map(manifest -> manifest.at("/metadata/name").asText());

        assertThat(deployments).contains(scaled.at("/spec/scaleTargetRef/name").asText());
    }

    /** The first version in the POM is the project's. */
    private static String version() throws IOException {
        var match = VERSION.matcher(Files.readString(Path.of("pom.xml")));
        assertThat(match.find()).isTrue();
        return match.group(1);
    }

    private static List<Container> containers() throws IOException {
        var all = new ArrayList<Container>();
        compose().path("services").properties().forEach(service -> {
            var node = service.getValue();
            if (node.path("image").asText().startsWith(OURS)) {
                all.add(new Container(
                        "compose " + service.getKey(),
                        strings(node.path("environment")),
                        texts(node.path("command")),
                        node.path("mem_limit").asText().replace("m", "MiB").replace("g", "GiB"),
                        Set.copyOf(texts(node.path("secrets")))));
            }
        });
        manifests("skein.yaml")
                .forEach(manifest -> manifest.at("/spec/template/spec/containers")
                        .forEach(node -> all.add(new Container(
                                "kubernetes " + manifest.at("/metadata/name").asText(),
                                variables(node.path("env")),
                                texts(node.path("args")),
                                node.at("/resources/limits/memory").asText() + "B",
                                Set.of("join.key", "api.key", "store.password")))));
        return all;
    }

    /** The environment with secrets in files that can be read here. */
    private Map<String, String> readable(Map<String, String> environment) throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "0123456789abcdef0123456789abcdef");
        var all = new HashMap<>(environment);
        all.replaceAll((name, text) -> name.endsWith("_FILE") ? secret.toString() : text);
        return all;
    }

    private static Map<String, String> variables(JsonNode env) {
        var all = new HashMap<String, String>();
        env.forEach(one -> all.put(
                one.path("name").asText(),
                switch (one.at("/valueFrom/fieldRef/fieldPath").asText()) {
                    case "metadata.name" -> "skein-worker-5d8f";
                    case "status.podIP" -> "10.1.2.3";
                    default ->
                        one.at("/valueFrom/configMapKeyRef").isMissingNode()
                                ? one.path("value").asText()
                                : "jdbc:postgresql://db:5432/skein";
                }));
        return all;
    }

    private static Set<String> ours(Map<String, String> environment) {
        return environment.keySet().stream()
                .filter(name -> name.startsWith("SKEIN_"))
                .collect(Collectors.toSet());
    }

    private static Map<String, String> strings(JsonNode map) {
        return map.properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, field -> field.getValue().asText()));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static void collect(JsonNode node, String field, List<String> found) {
        node.findValues(field).forEach(value -> found.add(value.asText()));
    }

    private static JsonNode compose() throws IOException {
        return documents("docker/compose.yaml").findFirst().orElseThrow();
    }

    private static JsonNode prometheus() throws IOException {
        return documents("docker/prometheus/prometheus.yaml").findFirst().orElseThrow();
    }

    private static Stream<JsonNode> manifests(String file) throws IOException {
        return documents("docker/kubernetes/" + file);
    }

    /** The documents of a file with anchors and merges resolved, which Jackson's reader does not do. */
    private static Stream<JsonNode> documents(String file) throws IOException {
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        var documents = new ArrayList<JsonNode>();
        yaml.loadAll(Files.readString(Path.of(file)))
                .forEach(document -> documents.add(new ObjectMapper().valueToTree(document)));
        return documents.stream();
    }

    private static Stream<String> dockerfile() throws IOException {
        return Files.readAllLines(Path.of("docker/Dockerfile")).stream();
    }
}
