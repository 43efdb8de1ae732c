package dev.skein.fault.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.fault.nodes.Api.Answer;
import dev.skein.fault.nodes.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index of this project's own sources, before, while and after the owner of unsaved texts is killed. */
class IndexIT {
    private static final String WORKSPACE = "/api/v1/workspaces/self";
    private static final String SHARD_SYMBOLS = WORKSPACE + "/symbols?q=ShardSymbols&kind=class";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DIRTY = 50;
    private static final Duration LONGEST = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private TestCluster cluster;
    private Path root;

    @BeforeEach
    void start() throws IOException {
        root = folder.resolve("self");
        copy("src/main/java");
        copy("src/test/java");
        cluster = TestCluster.start(folder, 2);
    }

    private void copy(String sources) throws IOException {
        try (var files = Files.walk(Path.of(sources))) {
            for (var file : (Iterable<Path>) files::iterator) {
                var to = root.resolve(file.toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
    }

    @AfterEach
    void stop() {
        if (cluster != null) { // it may never have started
            cluster.close();
        }
    }

    @Test
    void symbols_of_two_shards_survive_the_owner_of_one_and_follow_an_edit() throws Exception {
        var added = cluster.api.post("/api/v1/workspaces", "{\"name\": \"self\", \"root\": \"%s\"}".formatted(root));
        assertThat(added.status()).as("%s", added).isEqualTo(201);
        var shards = added.body().path("shards");
        assertThat(shards.findValuesAsText("root")).containsExactly("src/main/java", "src/test/java");
        assertThat(shards.findValuesAsText("worker")).containsExactlyInAnyOrder("worker-0", "worker-1");
        var whole = symbolsUntil(IndexIT::isWhole);
        assertThat(names(whole)).contains("ShardSymbols", "ShardSymbolsTest");

        awaitSpare();
        dirty();

        var owner = shards.get(1).path("worker").asText();
        cluster.worker(Integer.parseInt(owner.substring("worker-".length()))).kill();

        var partial = symbolsUntil(answer -> answer.path("partial").asBoolean());
        assertThat(names(partial)).contains("ShardSymbols");
        assertThat(partial.path("shards_answered").asInt()).isEqualTo(1);
        assertThat(partial.path("missing").findValuesAsText("shard")).containsExactly("src/test/java");
        assertThat(put("src/test/java/dev/skein/Late.java", "class LateBuffer {}")
                        .path("changed")
                        .asBoolean())
                .isTrue();
        var again = symbolsUntil(IndexIT::isWhole);
        assertThat(again.path("symbols")).isEqualTo(whole.path("symbols"));
        assertThat(cluster.api.get(WORKSPACE).body().path("shards").findValuesAsText("epoch"))
                .containsExactly("1", "2");

        var buffers =
                cluster.api.get(WORKSPACE + "/symbols?kind=class&q=DirtyBuffer").body();
        assertThat(isWhole(buffers)).isTrue();
        assertThat(buffers.path("total").asInt()).isEqualTo(DIRTY);
        var late =
                cluster.api.get(WORKSPACE + "/symbols?kind=class&q=LateBuffer").body();
        assertThat(late.path("total").asInt()).isOne();
        var tests = status().path("shards").get(1);
        assertThat(tests.path("received").asInt())
                .isBetween(1, DIRTY + 5)
                .isLessThan(tests.path("files").asInt() / 3);
        edit();
    }

    private JsonNode status() {
        return cluster.api.get(WORKSPACE + "/status").body();
    }

    /** Until each worker has a copy of the other's shard on its disk. */
    private void awaitSpare() {
        cluster.api.getUntil(
                LONGEST,
                WORKSPACE + "/status",
                answer -> answer.body().path("shards").findValues("spare_as_of").size() == 2);
    }

    /** Unsaved texts of files that there are, each with a type of its own. */
    private void dirty() throws IOException {
        try (var files = Files.walk(root.resolve("src/test/java"))) {
            var some = files.filter(file -> file.toString().endsWith("Test.java"))
                    .filter(file -> !file.toString().contains("ShardSymbols"))
                    .sorted()
                    .limit(DIRTY)
                    .toList();
            for (var file : some) {
                var text = Files.readString(file) + "class DirtyBuffer" + some.indexOf(file) + " {}\n";
                var done = put(root.relativize(file).toString(), text);
                assertThat(done.path("indexed").asBoolean()).as("%s", done).isTrue();
            }
        }
        var found =
                cluster.api.get(WORKSPACE + "/symbols?kind=class&q=DirtyBuffer").body();
        assertThat(isWhole(found)).isTrue();
        assertThat(found.path("total").asInt()).isEqualTo(DIRTY);
    }

    private JsonNode put(String path, String text) throws IOException {
        var body = JSON.writeValueAsString(Map.of("session", "editor", "version", 1, "text", text));
        var answer = cluster.api.put(WORKSPACE + "/documents?path=" + path, body);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.body();
    }

    private void edit() throws IOException {
        Files.writeString(root.resolve("src/test/java/dev/skein/Fresh.java"), "class FreshShardSymbols {}");

        var seen = symbolsUntil(answer -> names(answer).contains("FreshShardSymbols"));

        assertThat(isWhole(seen)).isTrue();
    }

    private static boolean isWhole(JsonNode answer) {
        return !answer.path("partial").asBoolean() && !answer.path("stale").asBoolean();
    }

    private static List<String> names(JsonNode answer) {
        return answer.path("symbols").findValuesAsText("name");
    }

    /** No answer on the way may be a failure. */
    private JsonNode symbolsUntil(Predicate<JsonNode> right) {
        Predicate<Answer> sound = answer -> {
            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
            return right.test(answer.body());
        };
        return cluster.api.getUntil(LONGEST, SHARD_SYMBOLS, sound).body();
    }
}
