package dev.skein.plane.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.audit.Deed;
import dev.skein.index.feed.Feeds;
import dev.skein.index.overlay.Documents;
import dev.skein.index.query.Queries;
import dev.skein.index.query.Queries.Freshness;
import dev.skein.index.query.Queries.Missing;
import dev.skein.index.query.Queries.Part;
import dev.skein.index.scan.JavaExtractor;
import dev.skein.index.search.Hit;
import dev.skein.index.source.ContentHash;
import dev.skein.index.workspace.Workspaces.Shard;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that were let in and say or ask for what is not theirs. */
class TrespassTest {
    private static final String MALLORY = "mallory@1234abcd";

    @TempDir
    Path folder;

    private IndexNode node;
    private Path root;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectories(folder.resolve("app")).toRealPath();
        for (var tree : Map.of("main", "Goose", "test", "GooseTest").entrySet()) {
            var file = root.resolve("src/%s/java/a/%s.java".formatted(tree.getKey(), tree.getValue()));
            Files.createDirectories(file.getParent());
            Files.writeString(file, "package a; class " + tree.getValue() + " {}");
        }
        node = new IndexNode(Files.createDirectories(folder.resolve("data"))).start();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private Feeds.Ref index() throws Exception {
        var added = node.add("app", root);
        node.findUntil("app", "", IndexNode::isWhole);
        var shard = added.shards().get(0);
        return new Feeds.Ref(added.id(), shard.root(), shard.epoch());
    }

    private List<String> noted() {
        return node.deeds.stream()
                .filter(deed -> deed.what().equals("index.refused"))
                .map(TrespassTest::line)
                .toList();
    }

    private static String line(Deed deed) {
        return "%s %s %s".formatted(deed.who(), deed.target(), deed.outcome());
    }

    private String at(String address) {
        return address + "/" + node.bus.here();
    }

    @Test
    void a_worker_is_fed_by_the_router_that_reads_the_workspace_and_by_nobody_in_its_name() throws Exception {
        var shard = index();
        var router = node.bus.here().toString();
        var all = new Feeds.Page(shard, router, Long.MAX_VALUE, List.of(), List.of("src/main/java/a/Goose.java"));

        assertThatThrownBy(() -> node.askAs(MALLORY, at("index.page.v1"), all))
                .hasMessageContaining("under its own name");
        var begin = new Feeds.Begin(shard, MALLORY, Long.MAX_VALUE, "/srv/other", null);
        assertThatThrownBy(() -> node.askAs(MALLORY, at("index.begin.v1"), begin))
                .hasMessageContaining("another router reads that workspace");

        assertThat(node.find("app", "Goose").hits()).hasSize(2);
        assertThat(noted())
                .containsExactly(
                        MALLORY + " index.page.v1 refused: foreign_router",
                        MALLORY + " index.begin.v1 refused: foreign_router");
    }

    @Test
    void a_shard_that_the_leader_did_not_give_to_a_worker_is_not_taken_by_it() throws Exception {
        var shard = index();
        var router = node.bus.here().toString();
        for (var other : List.of(
                new Feeds.Ref(shard.workspace(), shard.root(), shard.epoch() + 1),
                new Feeds.Ref(shard.workspace(), "src/main", shard.epoch()),
                new Feeds.Ref("another", shard.root(), shard.epoch()))) {
            var begin = new Feeds.Begin(other, router, Long.MAX_VALUE, "/srv/other", null);

            assertThatThrownBy(() -> node.ask(Feeds.BEGIN, begin))
                    .isInstanceOfSatisfying(
                            Problem.class, refused -> assertThat(refused.code()).isEqualTo("feed_unknown"));
        }
    }

    @Test
    void a_delta_with_a_path_outside_its_shard_is_refused_as_a_whole_and_noted() throws Exception {
        var shard = index();
        var router = node.bus.here().toString();
        var outside = new Feeds.Item("src/test/java/a/Egg.java", 1, 1, new ContentHash(1, 1));
        var page =
                new Feeds.Page(shard, router, Long.MAX_VALUE, List.of(outside), List.of("src/main/java/a/Goose.java"));

        assertThatThrownBy(() -> node.ask(Feeds.PAGE, page)).hasMessageContaining("outside the root of its shard");

        assertThat(node.find("app", "Goose").hits()).hasSize(2);
        assertThat(noted()).containsExactly(router + " index.page.v1 refused: path_outside_shard");
    }

    @Test
    void a_worker_that_tells_of_shards_or_files_of_others_is_not_believed() throws Exception {
        var lies = new boolean[1]; // of which kind
        node.startLiar(ask -> lie(ask, lies[0]));
        var added = node.add("app", root);
        var its = added.shards().stream()
                .filter(shard -> "worker-1".equals(shard.worker()))
                .map(Shard::root)
                .findFirst()
                .orElseThrow();
        var other = its.contains("main") ? "GooseTest" : "Goose";
        node.findUntil("app", "Goose", answer -> answer.hits().size() == 1);

        for (int i = 0; i < 2; i++) {
            lies[0] = i == 1;
            var found = node.find("app", "Goose");

            assertThat(found.coverage().missing()).containsExactly(new Missing(its, "refused"));
            assertThat(found.hits())
                    .extracting(hit -> hit.symbol().identifier())
                    .containsExactly(other);
        }
        assertThat(noted())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("second@") && line.endsWith("foreign_answer"));
    }

    /** All of the shard's hits moved into a file of another shard, or another shard's freshness. */
    private Part lie(Queries.Search ask, boolean ofShards) {
        var shard = ask.shards().get(0);
        var fresh = new Freshness(shard, true, false, 1, 1);
        var foreign = new Freshness(new Feeds.Ref(shard.workspace(), "src", 1), true, false, 1, 1);
        return ofShards
                ? new Part(List.of(fresh, foreign), List.of(), 0)
                : new Part(List.of(fresh), List.of(hit(shard)), 1);
    }

    private static Hit hit(Feeds.Ref shard) {
        var path = shard.root().contains("main") ? "src/test/java/a/Lie.java" : "src/main/java/a/Lie.java";
        var symbol = new JavaExtractor()
                .extract("class GooseLie {}")
                .table()
                .symbols()
                .get(0);
        return new Hit(1, path, 0, new ContentHash(1, 1), symbol);
    }

    @Test
    void unsaved_texts_are_copied_by_nobody_but_the_router_that_reads_the_workspace() throws Exception {
        var shard = index();
        var ask = new Documents.AskCopies(shard.workspace(), "");
        var copy = new Documents.Copy(shard.workspace(), Long.MAX_VALUE, "src/main/java/a/A.java", "s", 1, 1, "");

        for (var each :
                Map.of("document.copies.v1", ask, "document.copy.v1", copy).entrySet()) {
            assertThatThrownBy(() -> node.askAs(MALLORY, at(each.getKey()), each.getValue()))
                    .hasMessageContaining("another router reads that workspace");
        }
        assertThat(noted()).hasSize(2).containsOnly(MALLORY + " documents refused: foreign_router");
    }

    @Test
    void a_worker_registers_with_no_life_but_its_own() throws Exception {
        var theirs = IndexNode.second(node.bus.here().toString());

        assertThatThrownBy(() -> node.askAs(MALLORY, Workers.REGISTER.address(), theirs))
                .hasMessageContaining("with its own life");
        node.askAs(MALLORY, Workers.REGISTER.address(), IndexNode.second(MALLORY));

        var known = node.bus
                .ask(Workers.GET, new Workers.Get("worker-1"), Duration.ofSeconds(20))
                .await(20, TimeUnit.SECONDS);
        assertThat(known.id()).isEqualTo("worker-1");
        assertThat(noted()).containsExactly(MALLORY + " worker-1 refused: foreign_life");
    }
}
