package dev.skein.router.review.copy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.git.GitConfig;
import dev.skein.git.Upstream;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import dev.skein.review.run.Reviews;
import dev.skein.review.run.Reviews.Listed;
import dev.skein.review.run.Reviews.Origin;
import dev.skein.review.run.Reviews.View;
import dev.skein.router.review.copy.ReviewCopies.Means;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of real repositories, before a leader that is played. */
class ReviewCopiesTest {
    private static final NodeAddress NODE = NodeAddress.of("n");

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Bus bus = new Bus(vertx, NODE);
    private final List<View> runs = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private Upstream upstream;
    private ReviewCopies copies;

    @BeforeEach
    void open() throws Exception {
        upstream = new Upstream(folder.resolve("up"));
        bus.register(List.of(Reviews.LIST));
        bus.serve(Reviews.LIST, ask -> {
                    asked.incrementAndGet();
                    return Future.succeededFuture(new Listed(runs, runs.size()));
                })
                .completion()
                .await(60, SECONDS);
        var git = new GitConfig(List.of("file://" + folder.resolve("up")), 1 << 20, Duration.ofMinutes(2), null);
        var means = new Means(
                git,
                new ReviewCopiesConfig(1),
                folder.resolve("reviews"),
                SteadyClock.system(),
                Duration.ofSeconds(60));
        copies = there(() -> ReviewCopies.open(bus, vertx, means));
    }

    @AfterEach
    void close() throws Exception {
        copies.close();
        upstream.close();
        vertx.close().await(60, SECONDS);
    }

    /** On the one event loop that it is confined to. */
    private <T> T there(Supplier<Future<T>> work) throws Exception {
        return Future.<T>future(done -> context.runOnContext(now -> work.get().onComplete(done)))
                .await(60, SECONDS);
    }

    private Path take() throws Exception {
        return there(() -> copies.take(upstream.url(), "")).root();
    }

    private void letGo(Path root) throws Exception {
        there(() -> {
            copies.letGo(root);
            return Future.succeededFuture();
        });
    }

    private void look() throws Exception {
        there(() -> copies.look().mapEmpty());
    }

    /** What a run reads of, as the leader tells it. */
    private Path reviewed(String state) throws Exception {
        var root = take();
        runs.add(new View(
                "r" + runs.size(),
                "bare",
                root.toString(),
                NODE.node(),
                Origin.NONE,
                "rules",
                "",
                state,
                Map.of(),
                1,
                1,
                0,
                Map.of(),
                0,
                Map.of(),
                List.of(),
                List.of(),
                runs.size(),
                null));
        letGo(root);
        return root;
    }

    private List<Path> lying() throws IOException {
        try (var files = Files.list(folder.resolve("reviews").toRealPath())) {
            return files.toList();
        }
    }

    @Test
    void a_commit_that_is_there_needs_no_free_place_and_another_one_does() throws Exception {
        upstream.commit("a", "one");
        var needed = reviewed("running");
        assertThat(take()).isEqualTo(needed);
        letGo(needed);

        upstream.commit("a", "two");
        assertThatThrownBy(this::take)
                .isInstanceOfSatisfying(
                        Problem.class, no -> assertThat(no.code()).isEqualTo("too_many_copies"));
        assertThat(lying()).containsExactly(needed);
    }

    @Test
    void one_whose_run_has_ended_stays_when_it_is_asked_for_and_goes_for_another() throws Exception {
        upstream.commit("a", "one");
        var ended = reviewed("done");
        Files.createFile(ended.resolve("the same"));
        assertThat(take().resolve("the same")).exists();
        letGo(ended);

        upstream.commit("a", "two");
        var other = take();
        assertThat(other).isNotEqualTo(ended);
        assertThat(lying()).containsExactly(other);
    }

    @Test
    void the_leader_is_asked_once_after_a_copy_was_let_go_of() throws Exception {
        upstream.commit("a", "one");
        var root = take();
        look();
        assertThat(asked).hasValue(1);
        look();
        assertThat(asked).hasValue(1);
        assertThat(root).exists();

        letGo(root);
        look();
        look();
        assertThat(asked).hasValue(2);
        assertThat(root).doesNotExist();
    }
}
