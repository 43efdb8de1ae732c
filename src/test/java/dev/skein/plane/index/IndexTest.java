package dev.skein.plane.index;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.index.feed.Feeds.Fault;
import dev.skein.index.query.Queries;
import dev.skein.index.query.Queries.Answer;
import dev.skein.index.search.Hit;
import dev.skein.index.workspace.Workspaces;
import dev.skein.index.workspace.Workspaces.Shard;
import dev.skein.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workspace from its directory to an answer, and back when the directory changes. */
class IndexTest {
    @TempDir
    Path folder;

    private IndexNode node;
    private Path root;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectories(folder.resolve("app")).toRealPath();
        write("src/main/java/a/Goose.java", "package a; public class Goose { int wing; void fly(int far) {} }");
        write("src/test/java/a/GooseTest.java", "package a; class GooseTest { void a_goose_flies() {} }");
        node = new IndexNode(Files.createDirectories(folder.resolve("data"))).start();
    }

    @AfterEach
    void close() throws Exception {
        if (node != null) { // it may never have started
            node.close();
        }
    }

    private void write(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static List<String> names(Answer answer) {
        return answer.hits().stream().map(hit -> hit.symbol().qualifiedName()).toList();
    }

    private void awaitWhole() throws Exception {
        node.findUntil("app", "", IndexNode::isWhole);
    }

    @Test
    void symbols_of_all_shards_are_found_in_one_order_and_the_answer_says_how_fresh_it_is() throws Exception {
        var added = node.add("app", root);

        assertThat(added.shards()).extracting(Shard::root).containsExactly("src/main/java", "src/test/java");
        assertThat(added.shards()).extracting(Shard::worker).containsOnly("worker-0");
        assertThat(added.shards()).extracting(Shard::epoch).containsOnly(1L);
        var found = node.findUntil("app", "goose", IndexNode::isWhole);
        assertThat(names(found)).containsExactly("a.Goose", "a.GooseTest", "a.GooseTest.a_goose_flies");
        assertThat(found.coverage().shardsAnswered()).isEqualTo(2);
        assertThat(found.coverage().missing()).isEmpty();
        assertThat(found.coverage().asOfMillis()).isPositive();
    }

    @Test
    void an_edit_a_new_file_a_rename_and_a_deletion_are_seen() throws Exception {
        node.add("app", root);
        awaitWhole();

        write("src/main/java/a/Goose.java", "package a; public class Goose { void honk() {} }");
        write("src/main/java/a/Swan.java", "package a; class Swan {}");
        node.findUntil("app", "honk", answer -> names(answer).equals(List.of("a.Goose.honk")));
        node.findUntil("app", "Swan", answer -> names(answer).equals(List.of("a.Swan")));
        assertThat(names(node.find("app", "fly"))).isEmpty();

        Files.move(root.resolve("src/main/java/a/Swan.java"), root.resolve("src/main/java/a/Bird.java"));
        node.findUntil(
                "app",
                "Swan",
                answer -> answer.hits().stream().map(Hit::path).toList().equals(List.of("src/main/java/a/Bird.java")));
        Files.delete(root.resolve("src/main/java/a/Bird.java"));
        node.findUntil("app", "Swan", answer -> answer.total() == 0);
    }

    @Test
    void a_file_larger_than_a_frame_and_an_empty_one_arrive_whole() throws Exception {
        var large = new StringBuilder("package a; class Large {\n");
        for (int i = 0; i < 40_000; i++) {
            large.append("    int field").append(i).append(";\n");
        }
        write("src/main/java/a/Large.java", large + "}\n");
        write("src/main/java/a/Empty.java", "");
        node.add("app", root);

        var found = node.findUntil("app", "Large.field", IndexNode::isWhole);

        assertThat(found.total()).isEqualTo(40_000);
        assertThat(found.hits()).hasSize(100);
        assertThat(status().get(0).files()).isEqualTo(3);
    }

    @Test
    void a_bad_file_is_named_and_harms_no_other() throws Exception {
        Files.write(root.resolve("src/main/java/a/Binary.java"), new byte[] {0, 1, 2, 0, 0, 0, 7, 8, 0, 0});
        write("src/main/java/a/Huge.java", "x".repeat(9 << 20));
        node.add("app", root);

        node.findUntil("app", "Goose", IndexNode::isWhole);

        assertThat(status().get(0).faults())
                .containsExactlyInAnyOrder(
                        new Fault("src/main/java/a/Binary.java", "binary"),
                        new Fault("src/main/java/a/Huge.java", "too_large"));
        assertThat(names(node.find("app", "Goose"))).contains("a.Goose");
    }

    private List<Queries.ShardStatus> status() throws Exception {
        return node.ask(Queries.STATUS, new Queries.Status("app")).shards();
    }

    @Test
    void a_restarted_worker_answers_from_its_cache_and_says_that_it_may_be_old() throws Exception {
        node.add("app", root);
        awaitWhole();
        node.stopRouter();
        node.stopWorker();
        write("src/main/java/a/Goose.java", "package a; class Goose { void moult() {} }");

        node.startWorker();
        node.startOtherRouter();
        var cached = node.findUntil(
                "app",
                "Goose.fly",
                answer -> answer.total() == 1 && answer.coverage().shardsAnswered() == 2);

        assertThat(cached.coverage().stale()).isTrue();
        node.stopRouter();
        node.startRouter();
        node.findUntil("app", "moult", answer -> answer.total() == 1 && IndexNode.isWhole(answer));
        assertThat(node.find("app", "Goose.fly").total()).isZero();
    }

    @Test
    void a_router_that_starts_anew_calls_nothing_fresh_that_lacks_what_changed_meanwhile() throws Exception {
        node.add("app", root);
        awaitWhole();
        node.stopRouter();
        write("src/main/java/a/Goose.java", "package a; public class Swan { int neck; }");

        node.startRouter();

        var last = node.findUntil("app", "", answer -> {
            if (!answer.coverage().stale()) {
                assertThat(names(answer)).contains("a.Swan").doesNotContain("a.Goose");
            }
            return IndexNode.isWhole(answer);
        });
        assertThat(names(last)).contains("a.Swan", "a.GooseTest");
    }

    @Test
    void a_shard_without_its_worker_is_missing_by_name_and_the_rest_answers() throws Exception {
        node.add("app", root);
        awaitWhole();

        node.stopWorker();

        var partial = node.findUntil("app", "Goose", answer -> answer.coverage().shardsAnswered() == 0);
        assertThat(partial.coverage().missing())
                .containsExactly(
                        new Queries.Missing("src/main/java", "unreachable"),
                        new Queries.Missing("src/test/java", "unreachable"));
    }

    @Test
    void a_root_that_vanishes_keeps_its_symbols() throws Exception {
        node.add("app", root);
        awaitWhole();
        var before = node.find("app", "Goose").coverage().asOfMillis();

        Files.move(root, folder.resolve("elsewhere"));
        node.findUntil("app", "Goose", answer -> answer.coverage().asOfMillis() >= before);
        assertThat(names(node.find("app", "Goose"))).contains("a.Goose");
        Files.move(folder.resolve("elsewhere"), root);
        node.findUntil("app", "Goose", answer -> answer.coverage().asOfMillis() > before && IndexNode.isWhole(answer));
    }

    @Test
    void a_directory_is_indexed_once_and_its_name_is_its_own() throws Exception {
        node.add("app", root);

        assertThatThrownBy(() -> node.add("app", folder.resolve("app")))
                .hasMessageContaining("there is a workspace named app");
        var link = Files.createSymbolicLink(folder.resolve("link"), root);
        assertThatThrownBy(() -> node.add("other", link)).hasMessageContaining("is the root of workspace app already");
    }

    @Test
    void what_cannot_be_a_workspace_is_refused_with_every_reason() {
        var wrong = new Workspaces.Create("a b", "relative/path", List.of("../up", "/abs"), IndexNode.ANN);

        assertThatThrownBy(() -> node.ask(Workspaces.CREATE, wrong)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo("invalid_workspace");
            assertThat(problem.details()).hasSize(4);
        });
        assertThatThrownBy(() -> node.add("none", folder.resolve("none")))
                .hasMessageContaining("must be a directory on node node");
        assertThatThrownBy(() -> node.add("data", folder.resolve("data")))
                .hasMessageContaining("there is no Java file below root");
    }

    @Test
    void another_leader_finds_the_workspace_and_leaves_its_shards_where_they_are() throws Exception {
        var added = node.add("app", root);
        awaitWhole();

        node.lead();

        assertThat(node.askLeader(Workspaces.GET, new Workspaces.Get("app"))).isEqualTo(added);
        write("src/main/java/a/Swan.java", "package a; class Swan {}");
        node.findUntil("app", "Swan", answer -> answer.total() == 1 && IndexNode.isWhole(answer));
        assertThat(node.askLeader(Workspaces.LIST, new Workspaces.ListAll(10, 0))
                        .workspaces())
                .containsExactly(added);
    }

    @Test
    void a_file_is_outlined_in_its_own_order_and_one_in_no_shard_has_nothing() throws Exception {
        node.add("app", root);
        awaitWhole();

        var outline = node.ask(Queries.OUTLINE, new Queries.Outline("app", "src/main/java/a/Goose.java"));
        var outside = node.ask(Queries.OUTLINE, new Queries.Outline("app", "../../etc/passwd"));

        assertThat(names(outline)).containsExactly("a", "a.Goose", "a.Goose.wing", "a.Goose.fly");
        assertThat(outline.coverage().shardsTotal()).isEqualTo(1);
        assertThat(outside.hits()).isEmpty();
        assertThat(outside.coverage().shardsTotal()).isZero();
    }

    @Test
    void a_removed_workspace_is_gone_and_may_be_added_anew() throws Exception {
        node.add("app", root);
        awaitWhole();

        node.askLeader(Workspaces.REMOVE, new Workspaces.Remove("app", IndexNode.ANN));

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        node.find("app", "Goose"); // until the router has heard of it
                        node.bus
                                .ask(Workspaces.ATLAS, new Workspaces.Since(""), Duration.ofSeconds(5))
                                .await(5, SECONDS);
                    }
                })
                .hasMessageContaining("no workspace app");
        node.add("app", root);
        node.findUntil("app", "goose", IndexNode::isWhole);
    }
}
