package dev.skein.fault.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.fault.nodes.NodeProcess;
import dev.skein.fault.nodes.TestCluster;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neovim's own client against {@code skein lsp} and a cluster whose two workers have a source root each. */
class NeovimIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MINUTES_MAX = 4;
    private static final String MAIN = "src/main/java/shop/Greeter.java";
    private static final String TEST = "src/test/java/shop/GreeterTest.java";

    @TempDir
    Path folder;

    private TestCluster cluster;
    private Path root;

    @BeforeEach
    void start() throws Exception {
        boolean isThere = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "nvim")));
        assumeTrue(isThere, "no Neovim on this machine");
        root = Files.createDirectories(folder.resolve("shop")).toRealPath();
        write(MAIN, """
                package shop;

                /** Says hello. */
                public class Greeter {
                    /** Greets one person. */
                    public String greet(String name) {
                        return "hello " + name;
                    }
                }
                """);
        write(TEST, """
                package shop;

                class GreeterTest {
                    void greets() {
                        Greeter greeter = new Greeter();
                        greeter.greet("you");
                    }
                }
                """);
        cluster = TestCluster.start(folder, 2);
    }

    @AfterEach
    void stop() {
        if (cluster != null) { // there may be no editor
            cluster.close();
        }
    }

    private void write(String path, String text) throws Exception {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void an_editor_finds_its_unsaved_text_and_what_other_shards_declare() throws Exception {
        var seen = drive();

        assertThat(seen.path("messages")).as("%s", seen).isEmpty();
        assertThat(seen.path("on_disk").findValuesAsText("name")).contains("Greeter", "GreeterTest");
        assertThat(uri(seen.path("definition").get(0))).endsWith(MAIN);
        assertThat(line(seen.path("definition").get(0))).isEqualTo(3);
        assertThat(seen.path("hover").path("contents").path("value").asText())
                .contains("public String greet(String name)", "Greets one person.");
        assertThat(seen.path("references").findValuesAsText("uri")).anyMatch(uri -> uri.endsWith(TEST));
        assertThat(seen.path("outline").findValuesAsText("name")).contains("GreeterTest", "greets()");
        var unsaved = seen.path("unsaved").get(0).path("location");
        assertThat(uri(unsaved)).endsWith(TEST);
        assertThat(line(unsaved)).isEqualTo(7);
        var fault = seen.path("faults_when_broken").get(0);
        assertThat(fault.path("range").path("start").path("line").asInt()).isEqualTo(8);
        assertThat(seen.path("closed")).isEmpty();
        assertThat(seen.path("stopped").asBoolean()).isTrue();
        assertThat(Files.readString(root.resolve(TEST))).doesNotContain("freshlyTyped");
    }

    private static String uri(JsonNode location) {
        return location.path("uri").asText();
    }

    private static int line(JsonNode location) {
        return location.path("range").path("start").path("line").asInt();
    }

    private JsonNode drive() throws Exception {
        var plan = JSON.createObjectNode()
                .put("root", root.toString())
                .put("file", root.resolve(TEST).toString())
                .put("other", root.resolve(MAIN).toString())
                .put("out", folder.resolve("seen.json").toString());
        var command = plan.putArray("cmd");
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        NodeProcess.SMALL.forEach(command::add);
        command.add("-jar").add(NodeProcess.JAR.toString()).add("lsp");
        var file = Files.writeString(folder.resolve("plan.json"), plan.toString());
        var script = Path.of("src/test/resources/lsp/drive.lua").toAbsolutePath();
        var builder = new ProcessBuilder("nvim", "--headless", "-u", "NONE", "-i", "NONE", "-c", "luafile " + script)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nvim.log").toFile());
        builder.environment().put("SKEIN_LSP_PLAN", file.toString());
        builder.environment().put("SKEIN_ENDPOINT", "http://127.0.0.1:" + cluster.port());
        builder.environment().put("SKEIN_API_KEY", TestCluster.KEY);
        builder.environment().put("XDG_STATE_HOME", folder.toString());
        builder.environment().put("XDG_CACHE_HOME", folder.toString());
        var nvim = builder.start();
        try {
            assertThat(nvim.waitFor(MINUTES_MAX, TimeUnit.MINUTES))
                    .as(() -> "it ended in time")
                    .isTrue();
        } finally {
            nvim.destroyForcibly();
        }
        return JSON.readTree(folder.resolve("seen.json").toFile());
    }
}
