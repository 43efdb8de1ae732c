package dev.skein.plane.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.index.feed.Feeds;
import dev.skein.index.overlay.Documents;
import dev.skein.index.query.Code;
import dev.skein.index.query.Queries;
import dev.skein.index.query.Queries.Answer;
import dev.skein.index.query.Queries.Missing;
import dev.skein.index.search.Hit;
import dev.skein.index.workspace.Workspaces;
import dev.skein.memory.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What distributed indexes before this one got wrong; {@code docs/index-rules.md} says which rule is shown where. */
class LessonsTest {
    private static final String GOOSE = "src/main/java/a/Goose.java";
    private static final int EGGS = 30;

    @TempDir
    Path folder;

    private IndexNode node;
    private Path root;

    @BeforeEach
    void make() throws Exception {
        root = Files.createDirectories(folder.resolve("app")).toRealPath();
        write(GOOSE, "package a; class Goose { int wing; }");
        write("src/test/java/a/GooseTest.java", "package a; class GooseTest {}");
        for (int i = 0; i < EGGS; i++) {
            write("src/main/java/a/Egg" + i + ".java", "package a; class Egg" + i + " {}");
        }
        node = new IndexNode(Files.createDirectories(folder.resolve("data")));
    }

    @AfterEach
    void close() throws Exception {
        node.traffic.release();
        node.close();
    }

    private void write(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void index() throws Exception {
        node.add("app", root);
        node.findUntil("app", "", IndexNode::isWhole);
    }

    private Documents.Done put(String path, long version, String text) throws Exception {
        return node.ask(Documents.PUT, new Documents.Put("app", path, "s", version, text));
    }

    private List<String> found(String query) throws Exception {
        return names(node.find("app", query));
    }

    private static List<String> names(Answer answer) {
        return answer.hits().stream().map(hit -> hit.symbol().qualifiedName()).toList();
    }

    private static boolean hasEggs(Answer answer) {
        if (answer.coverage().missing().isEmpty()) {
            assertThat(answer.total()).as("%s", answer.coverage()).isEqualTo(EGGS);
        }
        return IndexNode.isWhole(answer);
    }

    @Test
    void an_edit_right_after_a_worker_came_back_stays_and_hides_no_other_file() throws Exception {
        node.start();
        index();
        for (boolean hasCache : new boolean[] {true, false}) {
            node.stopWorker();
            if (!hasCache) {
                forgetCaches();
            }
            var name = "honk" + hasCache;

            node.startWorker();
            put(GOOSE, hasCache ? 1 : 2, "package a; class Goose { void " + name + "() {} }");

            node.findUntil("app", "Egg", LessonsTest::hasEggs);
            assertThat(found("Goose.")).containsExactly("a.Goose." + name);
        }
    }

    private void forgetCaches() throws IOException {
        try (var files = Files.list(folder.resolve("data/index"))) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean has(Answer answer, String tree, String type) {
        var path = "src/%s/java/a/%s.java".formatted(tree, type);
        return answer.hits().stream().map(Hit::path).anyMatch(path::equals);
    }

    @Test
    void files_that_go_are_counted_no_more() throws Exception {
        node.start();
        index();
        assertThat(node.shards("app").get(0).files()).isEqualTo(EGGS + 1);

        Files.delete(root.resolve("src/main/java/a/Egg0.java"));
        Files.move(root.resolve("src/main/java/a/Egg1.java"), root.resolve("src/test/java/a/Egg1.java"));

        node.findUntil("app", "", answer -> has(answer, "test", "Egg1") && !has(answer, "main", "Egg1"));
        node.findUntil("app", "", answer -> !has(answer, "main", "Egg0"));
        assertThat(node.shards("app")).extracting(Queries.ShardStatus::files).containsExactly(EGGS - 1, 2);
    }

    @Test
    void without_one_worker_the_symbols_of_all_other_shards_are_found() throws Exception {
        node.start();
        node.startSecondWorker();
        index();

        node.stopSecondWorker();

        var partial = node.findUntil("app", "Goose", answer -> answer.coverage().shardsAnswered() == 1);
        assertThat(partial.hits()).isNotEmpty();
        assertThat(partial.coverage().missing()).extracting(Missing::code).containsExactly("unreachable");
    }

    @Test
    void a_shard_larger_than_every_bound_on_its_way_is_indexed_whole() throws Exception {
        var filling = "// nothing to see here\n".repeat(7 << 20 >> 5);
        for (int i = 0; i < 13; i++) { // more than may be under way to a worker, or be in one cache file
            write(
                    "src/main/java/a/Large" + i + ".java",
                    "package a; class Large" + i + " {\n" + filling + "int last;}");
        }
        node.start();
        index();

        assertThat(node.find("app", "last").total()).isEqualTo(13);
        assertThat(node.traffic.sent(Feeds.Frame.class))
                .hasSizeGreaterThan(64 << 20 >> 18)
                .allMatch(frame -> bytes(frame) <= Feeds.FRAME_BYTES);
    }

    private static int bytes(Feeds.Frame frame) {
        return frame.parts().stream().mapToInt(part -> part.content().length).sum();
    }

    @Test
    void a_keystroke_sends_one_file_and_nothing_else() throws Exception {
        node.seldom().start();
        index();
        node.traffic.forget();

        for (int version = 1; version <= 5; version++) {
            put(GOOSE, version, "package a; class Goose { int wing" + version + "; }");
        }

        assertThat(found("Goose.")).containsExactly("a.Goose.wing5");
        assertThat(node.traffic.sent(Feeds.Edit.class))
                .extracting(Feeds.Edit::path)
                .hasSize(5)
                .containsOnly(GOOSE);
        assertThat(node.traffic.sent(Feeds.Begin.class)).isEmpty();
        assertThat(node.traffic.sent(Feeds.Page.class)).isEmpty();
        assertThat(node.traffic.sent(Feeds.Frame.class)).isEmpty();
    }

    @Test
    void a_worker_that_says_nothing_holds_no_answer_up_and_loses_its_shard() throws Exception {
        node.impatient().start();
        node.startSecondWorker();
        var added = node.add("app", root);
        node.findUntil("app", "", IndexNode::isWhole);
        var its = added.shards().stream()
                .filter(shard -> "worker-1".equals(shard.worker()))
                .findFirst()
                .orElseThrow();

        node.traffic.keep(body -> body instanceof Queries.Part part
                && part.shards().stream()
                        .anyMatch(each -> each.shard().root().equals(its.root())
                                && each.shard().epoch() == its.epoch()));
        node.silenceSecondWorker();

        var partial = node.find("app", "Goose");
        assertThat(partial.hits()).isNotEmpty();
        assertThat(partial.coverage().missing()).contains(new Missing(its.root(), "timeout"));
        node.findUntil("app", "Goose", IndexNode::isWhole);
        assertThat(node.askLeader(Workspaces.GET, new Workspaces.Get("app")).shards())
                .extracting(Workspaces.Shard::worker)
                .containsOnly("worker-0");
    }

    @Test
    void overlapping_source_roots_have_each_file_once_in_whatever_order_they_are_named() throws Exception {
        node.seldom().start();
        for (var roots : List.of(List.of("src", "src/main/java"), List.of("src/main/java", "src"))) {
            var named = "app" + roots.get(0).length();
            node.add(named, root, roots.toArray(String[]::new));
            var found = node.findUntil(named, "Goose", IndexNode::isWhole);
            assertThat(found.hits()).extracting(Hit::path).containsExactly(GOOSE, "src/test/java/a/GooseTest.java");

            node.ask(Documents.PUT, new Documents.Put(named, GOOSE, "s", 1, "package a; class Goose { int neck; }"));

            assertThat(names(node.find(named, "Goose."))).containsExactly("a.Goose.neck");
            node.askLeader(Workspaces.REMOVE, new Workspaces.Remove(named, IndexNode.ANN));
        }
    }

    @Test
    void how_shards_are_and_what_is_wrong_in_a_file_is_told_while_a_shard_is_being_fed() throws Exception {
        write("src/test/java/a/GooseTest.java", "package a; class GooseTest { void fly( { } }");
        node.start();
        index();
        node.traffic.keep(body -> body instanceof Feeds.Frame || body instanceof Feeds.Edit);
        write("src/test/java/a/New.java", "package a; class New {}");
        node.traffic.awaitKept();

        var errors = node.ask(Code.DIAGNOSTICS, new Code.Check("app", "src/test/java/a/GooseTest.java"));
        assertThat(errors.faults()).isNotEmpty();
        assertThat(node.shards("app")).extracting(Queries.ShardStatus::files).containsExactly(EGGS + 1, 1);
        assertThat(found("GooseTest.")).isNotEmpty();

        node.traffic.release();
        node.findUntil("app", "New", answer -> answer.total() == 1);
    }

    @Test
    void a_workspace_that_is_removed_while_it_is_fed_is_fed_no_more() throws Exception {
        for (int i = 0; i < 20; i++) {
            write("src/main/java/a/Large" + i + ".java", "class Large { /*" + "x".repeat(250_000) + "*/ }");
        }
        node.start();
        node.traffic.keep(Feeds.Frame.class::isInstance);
        node.add("app", root);
        node.traffic.awaitKept();

        node.askLeader(Workspaces.REMOVE, new Workspaces.Remove("app", IndexNode.ANN));
        assertThatThrownBy(() -> node.findUntil("app", "Goose", answer -> false))
                .hasMessageContaining("no workspace app");
        node.traffic.release();
        write("other/Other.java", "class Other {}");
        node.add("other", root.resolve("other"));
        node.findUntil("other", "Other", IndexNode::isWhole);

        assertThat(node.traffic.sent(Feeds.Frame.class).stream()
                        .mapToInt(LessonsTest::bytes)
                        .sum())
                .isLessThan(10 * 250_000);
    }

    @Test
    void what_is_held_is_counted_and_without_memory_only_edits_are_taken() throws Exception {
        node.start();
        index();
        assertThat(node.memory.report(10).components())
                .anyMatch(part -> part.name().equals("index") && part.category() == Category.INDEXES);
        node.resident = 1L << 30;
        node.memory.enforce();

        for (int i = 0; i < EGGS; i++) {
            write("../more/More" + i + ".java", "package b; class More" + i + " {}");
        }
        Files.move(folder.resolve("more"), root.resolve("src/test/java/more")); // at once, so that a round brings them
        var stale = node.findUntil("app", "", answer -> answer.coverage().stale());
        assertThat(stale.coverage().shardsAnswered()).isEqualTo(2);
        node.resident = 0;
        node.memory.enforce();

        node.findUntil("app", "More", answer -> answer.total() == EGGS && IndexNode.isWhole(answer));
    }
}
