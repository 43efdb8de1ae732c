package dev.skein.plane.index;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.index.overlay.Documents;
import dev.skein.index.overlay.Documents.Done;
import dev.skein.index.query.Queries.Answer;
import dev.skein.index.search.Hit;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unsaved texts count in every answer, whatever happens to those who hold and who index them. */
class OpenDocumentsTest {
    private static final String GOOSE = "src/main/java/a/Goose.java";

    @TempDir
    Path folder;

    private IndexNode node;
    private Path root;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectories(folder.resolve("app")).toRealPath();
        write(GOOSE, "package a; class Goose { int wing; }");
        node = new IndexNode(Files.createDirectories(folder.resolve("data")));
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private void write(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Directories are looked at once, so that what is found later was told. */
    private void index() throws Exception {
        node.seldom().start();
        node.add("app", root);
        node.findUntil("app", "", IndexNode::isWhole);
    }

    private Documents.Put text(String path, long version, String text) {
        return new Documents.Put("app", path, "s", version, text);
    }

    private Done put(String path, long version, String text) throws Exception {
        return node.ask(Documents.PUT, text(path, version, text));
    }

    private Done close(String path) throws Exception {
        return node.ask(Documents.CLOSE, new Documents.Close("app", path, "s"));
    }

    private Done look(String... paths) throws Exception {
        return node.ask(Documents.LOOK, new Documents.Look("app", List.of(paths)));
    }

    private static List<String> names(Answer answer) {
        return answer.hits().stream().map(hit -> hit.symbol().qualifiedName()).toList();
    }

    private List<String> found(String query) throws Exception {
        return names(node.find("app", query));
    }

    @Test
    void an_unsaved_text_is_found_as_soon_as_it_is_taken_and_the_file_again_when_it_is_closed() throws Exception {
        index();

        var put = put(GOOSE, 1, "package a; class Goose { void honk() {} }");
        var answer = node.find("app", "Goose.");
        assertThat(put).extracting(Done::changed, Done::indexed).containsExactly(true, true);
        assertThat(names(answer)).containsExactly("a.Goose.honk");
        assertThat(answer.coverage().overlayVersion()).isGreaterThanOrEqualTo(put.overlayVersion());
        assertThat(IndexNode.isWhole(answer)).isTrue();

        assertThat(close(GOOSE)).extracting(Done::changed, Done::indexed).containsExactly(true, true);
        assertThat(found("Goose.")).containsExactly("a.Goose.wing");
    }

    @Test
    void a_document_without_a_file_is_there_while_it_is_open() throws Exception {
        index();

        put("src/main/java/a/Swan.java", 1, "package a; class Swan {}");
        assertThat(found("Swan")).containsExactly("a.Swan");

        close("src/main/java/a/Swan.java");
        assertThat(found("Swan")).isEmpty();
    }

    @Test
    void a_moved_document_is_found_at_its_new_path_only() throws Exception {
        index();
        put("src/main/java/a/Swan.java", 1, "package a; class Swan {}");

        node.ask(
                Documents.MOVE,
                new Documents.Move("app", "src/main/java/a/Swan.java", "src/main/java/b/Swan.java", "s"));

        var moved = node.findUntil("app", "Swan", IndexNode::isWhole);
        assertThat(moved.hits()).extracting(Hit::path).containsExactly("src/main/java/b/Swan.java");
    }

    @Test
    void many_texts_at_once_leave_the_last_one_and_what_they_replace_is_not_sent() throws Exception {
        index();
        var all = new ArrayList<Future<Done>>();

        for (int i = 1; i <= 200; i++) {
            all.add(node.bus.askAt(
                    node.bus.here(),
                    Documents.PUT,
                    text(GOOSE, i, "package a; class Goose { int egg" + i + "; }"),
                    Duration.ofSeconds(20)));
        }
        Future.all(all).await(20, SECONDS);

        assertThat(all).allMatch(done -> done.result().indexed());
        assertThat(found("Goose.")).containsExactly("a.Goose.egg200");
        var open = node.ask(Documents.LIST, new Documents.ListOpen("app", 10, 0));
        assertThat(open.documents()).extracting(Documents.Open::version).containsExactly(200L);
        assertThat(open.superseded()).isPositive();
        assertThatThrownBy(() -> put(GOOSE, 199, ""))
                .isInstanceOfSatisfying(
                        Problem.class, behind -> assertThat(behind.code()).isEqualTo("version_behind"));
    }

    @Test
    void a_large_document_arrives_whole() throws Exception {
        index();
        var large = new StringBuilder("package a; class Goose {\n");
        for (int i = 0; i < 40_000; i++) {
            large.append("    int egg").append(i).append(";\n");
        }

        assertThat(put(GOOSE, 1, large + "}").indexed()).isTrue();

        assertThat(node.find("app", "Goose.egg").total()).isEqualTo(40_000);
    }

    @Test
    void files_that_changed_on_disk_are_seen_when_somebody_says_so_but_not_behind_an_open_document() throws Exception {
        index();
        put(GOOSE, 1, "package a; class Goose { void honk() {} }");

        write("src/main/java/a/Swan.java", "package a; class Swan {}");
        write(GOOSE, "package a; class Goose { int saved; }");
        assertThat(look("src/main/java/a/Swan.java", GOOSE).indexed()).isTrue();
        assertThat(found("Swan")).containsExactly("a.Swan");
        assertThat(found("Goose.")).containsExactly("a.Goose.honk");

        Files.delete(root.resolve("src/main/java/a/Swan.java"));
        assertThat(look("src/main/java/a/Swan.java").indexed()).isTrue();
        assertThat(look("src/main/java/a/Swan.java").changed()).isFalse();
        assertThat(found("Swan")).isEmpty();
        close(GOOSE);
        assertThat(found("Goose.")).containsExactly("a.Goose.saved");
    }

    @Test
    void files_that_change_on_disk_are_seen_without_a_look_and_without_a_word() throws Exception {
        index();

        write("src/main/java/a/Swan.java", "package a; class Swan {}");
        node.findUntil("app", "Swan", answer -> answer.total() == 1);
        Files.delete(root.resolve("src/main/java/a/Swan.java"));
        node.findUntil("app", "Swan", answer -> answer.total() == 0);
        write("src/main/java/b/c/Duck.java", "package b.c; class Duck {}");
        node.findUntil("app", "Duck", answer -> answer.total() == 1);
    }

    @Test
    void a_worker_that_starts_anew_gets_every_unsaved_text_again() throws Exception {
        node.start();
        node.add("app", root);
        node.findUntil("app", "", IndexNode::isWhole);
        for (int i = 0; i < 50; i++) {
            put("src/main/java/a/Egg" + i + ".java", 1, "package a; class Egg" + i + " {}");
        }

        node.stopWorker();
        var during = put(GOOSE, 1, "package a; class Goose { void honk() {} }");
        node.startWorker();

        assertThat(during.indexed()).isFalse();
        var whole = node.findUntil("app", "Egg", IndexNode::isWhole);
        assertThat(whole.total()).isEqualTo(50);
        assertThat(found("Goose.")).containsExactly("a.Goose.honk");
        assertThat(whole.coverage().overlayVersion()).isGreaterThanOrEqualTo(during.overlayVersion());
    }

    @Test
    void a_router_that_starts_anew_has_another_epoch_and_takes_documents_again() throws Exception {
        index();
        var before = put(GOOSE, 8, "package a; class Goose { void honk() {} }");

        node.stopRouter();
        node.startRouter();

        var renewed = node.ask(Documents.RENEW, new Documents.Renew("app", "s"));
        assertThat(renewed.epoch()).isGreaterThan(before.overlayVersion());
        assertThat(renewed.documents()).isEmpty();
        put(GOOSE, 8, "package a; class Goose { void honk() {} }");
        var whole = node.findUntil("app", "Goose.", IndexNode::isWhole);
        assertThat(names(whole)).containsExactly("a.Goose.honk");
        assertThat(whole.coverage().overlayVersion()).isGreaterThan(before.overlayVersion());
    }

    @Test
    void a_router_that_starts_anew_opens_what_a_second_one_has_a_copy_of() throws Exception {
        index();
        node.startSecondRouter();
        put(GOOSE, 8, "package a; class Goose { void honk() {} }");
        put("src/main/java/a/Egg.java", 1, "package a; class Egg {}");
        put("src/main/java/a/Swan.java", 1, "package a; class Swan {}");
        close("src/main/java/a/Swan.java");
        node.awaitCopies("app", List.of("src/main/java/a/Egg.java", GOOSE));

        node.stopRouter();
        node.startRouter();

        node.findUntil("app", "Goose.", answer -> names(answer).equals(List.of("a.Goose.honk")));
        node.findUntil("app", "Egg", IndexNode::isWhole);
        assertThat(found("Egg")).containsExactly("a.Egg");
        assertThat(found("Swan")).isEmpty();
        assertThatThrownBy(() -> put(GOOSE, 7, "")).hasMessageContaining("version 8");
    }

    @Test
    void a_second_router_that_was_only_starting_is_given_copies_later() throws Exception {
        index();
        var refused = new CompletableFuture<Void>();
        var starting = node.announceSecondRouter(() -> refused.complete(null));
        put(GOOSE, 8, "package a; class Goose { void honk() {} }");
        refused.get(60, TimeUnit.SECONDS);

        starting.unregister().await(20, TimeUnit.SECONDS);
        node.startSecondRouter();

        node.awaitCopies("app", List.of(GOOSE));
    }

    @Test
    void what_cannot_be_a_document_is_refused() throws Exception {
        index();
        var codes = new ArrayList<String>();

        for (var path :
                List.of("../up/A.java", "/abs/A.java", "src/main/java/a/A.txt", "elsewhere/A.java", "a//A.java")) {
            assertThatThrownBy(() -> put(path, 1, ""))
                    .isInstanceOfSatisfying(Problem.class, problem -> codes.add(problem.code()));
        }

        assertThat(codes)
                .containsExactly("invalid_path", "invalid_path", "invalid_path", "path_outside_shards", "invalid_path");
        assertThat(node.ask(Documents.LIST, new Documents.ListOpen("app", 10, 0))
                        .total())
                .isZero();
    }
}
