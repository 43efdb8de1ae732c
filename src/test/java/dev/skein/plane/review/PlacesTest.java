package dev.skein.plane.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.git.GitConfig;
import dev.skein.git.Upstream;
import dev.skein.index.workspace.Workspaces;
import dev.skein.index.workspace.Workspaces.Extent;
import dev.skein.index.workspace.Workspaces.Register;
import dev.skein.kernel.Problem;
import dev.skein.review.run.Reviews;
import dev.skein.review.run.Reviews.Create;
import dev.skein.review.run.Reviews.Created;
import dev.skein.review.run.Reviews.Origin;
import dev.skein.review.run.Reviews.Place;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reviews of workspaces and of repositories, from where they lie to the deletion of copies. */
class PlacesTest {
    private static final String TEXT = "one\n<<<<<<< HEAD\ntwo\n=======\nthree\n>>>>>>> other\n";

    @TempDir
    Path folder;

    private Upstream upstream;
    private String commit;
    private ReviewNode node;

    @BeforeEach
    void start() throws Exception {
        upstream = new Upstream(folder.resolve("up"));
        commit = upstream.commit("a/notes.txt", TEXT);
        node = new ReviewNode(Files.createDirectories(folder.resolve("data")));
        node.git = new GitConfig(List.of("file://" + folder.resolve("up")), 1 << 20, Duration.ofMinutes(2), null);
        node.copiesMax = 2;
        node.start();
    }

    @AfterEach
    void close() throws Exception {
        upstream.close();
        node.close();
    }

    private Created review(String ref) throws Exception {
        return node.create(Place.repository(upstream.url(), ref), "");
    }

    private void ends(Created review) throws Exception {
        node.until(review.run().id(), view -> view.state().equals("done"));
    }

    private List<String> lying() throws IOException {
        try (var files = Files.list(node.copies())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void refused(String code, ThrowingCallable review) {
        assertThatThrownBy(review)
                .isInstanceOfSatisfying(
                        Problem.class,
                        no -> assertThat(no.code()).as(no.sentence()).isEqualTo(code));
    }

    @Test
    void a_repository_is_reviewed_once_for_each_commit_and_goes_by_its_name() throws Exception {
        node.startWorker();
        var first = review("main");
        var again = review("main");

        assertThat(first.created()).isEqualTo(1);
        assertThat(first.run().name()).isEqualTo("bare");
        assertThat(first.run().origin()).isEqualTo(new Origin("", upstream.url(), "main", commit));
        assertThat(again.created()).isZero();
        assertThat(again.run().id()).isEqualTo(first.run().id());
        ends(first);
        assertThat(node.findings(first.run().id()).lines())
                .anySatisfy(line -> assertThat(line).contains("a/notes.txt"));

        upstream.commit("a/notes.txt", "one\n");
        var next = review("main");
        assertThat(next.run().id()).isNotEqualTo(first.run().id());
        ends(next);
        assertThat(node.findings(next.run().id()).lines()).isEmpty();
        assertThat(review(commit).run().root()).isEqualTo(first.run().root());
        assertThat(lying()).hasSize(2);
    }

    @Test
    void a_copy_stays_while_its_run_goes_on_and_makes_room_when_that_has_ended() throws Exception {
        var first = review("");
        upstream.commit("a/notes.txt", "one\n");
        var second = review("");
        assertThat(review("").run().id()).isEqualTo(second.run().id());
        upstream.commit("a/notes.txt", "two\n");
        refused("too_many_copies", () -> review(""));
        assertThat(lying()).hasSize(2);

        node.startWorker();
        ends(first);
        ends(second);
        var third = review("");

        assertThat(Path.of(first.run().root())).doesNotExist();
        assertThat(Path.of(second.run().root())).exists();
        assertThat(Path.of(third.run().root())).exists();
        ends(third);
    }

    @Test
    void the_next_life_knows_its_copies_and_deletes_what_is_half() throws Exception {
        var kept = review("");
        node.stopRouter();
        Files.createDirectories(node.copies().resolve(".partial-0123456789abcdef/.git"));
        node.startRouter();
        node.startWorker();

        ends(kept);
        assertThat(review("").created()).isZero();
        assertThat(lying())
                .containsExactly(Path.of(kept.run().root()).getFileName().toString());
    }

    @Test
    void what_cannot_be_copied_is_refused_with_the_reason_and_leaves_nothing() throws Exception {
        var empty = new Upstream(folder.resolve("up/empty"));
        empty.close();
        refused("git_ref_not_found", () -> node.create(Place.repository(empty.url(), ""), ""));
        refused("git_ref_not_found", () -> review("v9"));
        refused("no_such_root", () -> node.create(Place.directory("/a\0b"), ""));
        refused("git_not_allowed", () -> node.create(Place.repository("https://git.example.org/a", ""), ""));
        refused("invalid_git_source", () -> node.create(Place.repository("nowhere", ""), ""));
        var gone = Files.createDirectories(folder.resolve("up/gone.git"));
        refused("git_not_found", () -> node.create(Place.repository("file://" + gone, ""), ""));

        assertThat(lying()).isEmpty();
    }

    @Test
    void who_does_not_wait_for_a_copy_asks_again_and_waits_on() throws Exception {
        node.stopRouter();
        node.patience = Duration.ofMillis(100);
        node.startRouter();
        var free = node.occupyGit();

        refused("review_copying", () -> review(""));
        assertThat(lying()).isEmpty();
        free.countDown();

        assertThat(patiently().run().origin().commit()).isEqualTo(commit);
        assertThat(lying()).hasSize(1);
    }

    private Created patiently() throws Exception {
        while (true) { // it is answered late, and in the end bounded by git.deadline
            try {
                return review("");
            } catch (Problem notYet) {
                assertThat(notYet.code()).isEqualTo("review_copying");
            }
        }
    }

    private void register(String name, Path root, String router) throws Exception {
        node.ask(
                Workspaces.REGISTER,
                new Register(
                        name,
                        root.toString(),
                        router,
                        List.of("src"),
                        List.of(new Extent("src", 1, 10)),
                        ReviewNode.ANN));
    }

    @Test
    void a_workspace_is_reviewed_by_name_and_by_id_and_goes_by_its_name() throws Exception {
        var root = upstream.work().toRealPath();
        register("goose", root, "node");
        var view = node.ask(Workspaces.GET, new Workspaces.Get("goose"));

        var byName = node.create(Place.workspace("goose"), "");
        var byId = node.create(Place.workspace(view.id()), "");

        assertThat(byName.run().root()).isEqualTo(root.toString());
        assertThat(byName.run().name()).isEqualTo("goose");
        assertThat(byName.run().origin()).isEqualTo(new Origin("goose", "", "", ""));
        assertThat(byId.run().id()).isEqualTo(byName.run().id());
        assertThatThrownBy(() -> node.create(Place.workspace("gose"), "")).isInstanceOfSatisfying(Problem.class, no -> {
            assertThat(no.code()).isEqualTo("workspace_not_found");
            assertThat(no.sentence()).contains("did you mean goose?");
        });
    }

    @Test
    void a_workspace_of_another_node_is_reviewed_there() throws Exception {
        register("distant", upstream.work().toRealPath(), "far");
        refused("review_node_away", () -> node.create(Place.workspace("distant"), ""));

        var asked = new AtomicReference<Create>();
        node.joins("far").serveHere(Reviews.CREATE, ask -> {
            asked.set(ask);
            return Future.failedFuture(Problem.conflict("review_running", "it is being looked at"));
        });

        refused("review_running", () -> node.create(Place.workspace("distant"), "mine"));
        assertThat(asked.get().place()).isEqualTo(Place.workspace("distant"));
        assertThat(asked.get().name()).isEqualTo("mine");
    }
}
