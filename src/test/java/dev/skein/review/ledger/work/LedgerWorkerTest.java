package dev.skein.review.ledger.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.git.Upstream;
import dev.skein.kernel.Problem;
import dev.skein.review.ledger.StrictLedger;
import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.TaskState;
import dev.skein.review.ledger.claim.View;
import dev.skein.review.ledger.result.ResultFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerWorkerTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(600);

    @TempDir
    private Path directory;

    private final List<TestSite> sites = new ArrayList<>();
    private Upstream upstream;

    @BeforeEach
    void upstream() throws Exception {
        upstream = new Upstream(directory.resolve("up"));
    }

    @AfterEach
    void close() {
        sites.forEach(TestSite::close);
        upstream.close();
    }

    private TestSite site(String name, Duration lease) {
        var site = new TestSite(directory.resolve(name), upstream.url(), lease);
        sites.add(site);
        return site;
    }

    private static Map<TaskState, Long> states(View view) {
        var states = new EnumMap<TaskState, Long>(TaskState.class);
        view.tasks().forEach(task -> states.merge(task.state(), 1L, Long::sum));
        return states;
    }

    private void strict(TestSite site, View view) {
        var ledger =
                site.mirror.read(view.head(), ".beads/issues.jsonl", 1 << 20).orElseThrow();
        assertThat(StrictLedger.faults(ledger, true)).isEmpty();
    }

    @Test
    void claimants_who_race_do_each_task_once() throws Exception {
        TestSite.fill(upstream, 11);
        var first = site("first", LONG);
        assertThat(first.init().made().created()).isEqualTo(12);
        assertThat(first.init().made().isChange()).isFalse();
        var done = new ConcurrentHashMap<String, Integer>();
        Reviewer reviewer = order -> {
            done.merge(order.task(), 1, Integer::sum);
            return TestSite.nothing(order);
        };

        var racers = new ArrayList<Callable<WorkSummary>>();
        for (int i = 0; i < 5; i++) {
            var site = site("racer" + i, LONG);
            var worker = site.worker("w" + i, 0, reviewer);
            racers.add(worker::run);
        }
        var pool = Executors.newFixedThreadPool(racers.size());
        int completed = 0;
        try {
            for (Future<WorkSummary> summary : pool.invokeAll(racers, 120, TimeUnit.SECONDS)) {
                completed += summary.get().completed();
                assertThat(summary.get().late()).isZero();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(completed).isEqualTo(12);
        assertThat(done)
                .hasSize(12)
                .allSatisfy((task, times) -> assertThat(times).isEqualTo(1));
        var view = first.board.look();
        assertThat(states(view)).containsExactly(Map.entry(TaskState.DONE, 12L));
        assertThat(view.holders()).isEmpty();
        assertThat(first.mirror.list(view.head(), ResultFile.DIRECTORY)).hasSize(12);
        strict(first, view);
    }

    /** It stopped to renew, another took the task, and then it comes with a result. */
    @Test
    void a_late_result_is_counted_and_thrown_away() throws Exception {
        upstream.commit("A.java", "class A {}\n");
        var one = site("one", SHORT);
        var two = site("two", SHORT);
        one.init();
        var view = one.board.look();
        var claim = one.board.take(view, view.tasks().get(0), "one").orElseThrow();

        var summary = two.worker("two", 0, TestSite::nothing).run();
        boolean isPublished = one.board.publish(claim, task -> {
            throw new AssertionError("nothing of it may be made into a change");
        });

        assertThat(isPublished).isFalse();
        assertThat(claim.isLost()).isTrue();
        assertThat(one.board.late()).isEqualTo(1);
        assertThat(summary.completed()).isEqualTo(1);
        var task = one.board.look().tasks().get(0);
        assertThat(task.issue().text("assignee")).isEqualTo("two");
        assertThat(task.token()).isEqualTo(2);
        assertThat(task.attempts()).isEqualTo(2);
    }

    @Test
    void a_claim_that_is_renewed_is_not_taken_however_long_it_lasts() throws Exception {
        upstream.commit("A.java", "class A {}\n");
        var one = site("one", SHORT);
        var two = site("two", SHORT);
        one.init();
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var slow = one.worker("one", 0, order -> {
            begun.countDown();
            await(end);
            return TestSite.nothing(order);
        });
        var pool = Executors.newFixedThreadPool(2);
        try {
            var first = pool.submit(slow::run);
            await(begun);
            var second = pool.submit(two.worker("two", 0, TestSite::nothing)::run);
            var watcher = site("watcher", SHORT);
            var object = watcher.board.look().holders().firstKey();
            var renewed = watcher.board.look().holders().get(object).object();
            int changes = 0;
            while (changes < 6) { // two whole leases
                var now = watcher.board.look().holders().get(object).object();
                changes += now.equals(renewed) ? 0 : 1;
                renewed = now;
            }
            end.countDown();

            assertThat(first.get(60, TimeUnit.SECONDS).completed()).isEqualTo(1);
            assertThat(second.get(60, TimeUnit.SECONDS).completed()).isZero();
        } finally {
            end.countDown();
            pool.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("it never came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_worker_that_is_stopped_gives_its_task_back_at_once() throws Exception {
        upstream.commit("A.java", "class A {}\n");
        var one = site("one", LONG);
        var two = site("two", LONG);
        one.init();
        var begun = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        var stuck = one.worker("one", 0, order -> {
            begun.countDown();
            await(never);
            return TestSite.nothing(order);
        });
        var pool = Executors.newFixedThreadPool(1);
        try {
            var first = pool.submit(stuck::run);
            await(begun);
            stuck.stop("asked to");

            assertThat(first.get(60, TimeUnit.SECONDS).released()).isEqualTo(1);
            assertThat(two.worker("two", 0, TestSite::nothing).run().completed())
                    .isEqualTo(1);
            var task = two.board.look().tasks().get(0);
            assertThat(task.attempts()).isEqualTo(1); // being asked to stop is no failure
            assertThat(task.token()).isEqualTo(2);
        } finally {
            never.countDown();
            pool.shutdownNow();
        }
    }

    @Test
    void a_review_that_is_not_whole_is_tried_again_and_given_up_in_the_end() throws Exception {
        upstream.commit("A.java", "class A {}\n");
        var one = site("one", LONG);
        one.init();

        var summary = one.worker("one", 0, order -> {
                    throw Problem.unreachable("the model does not answer");
                })
                .run();

        assertThat(summary.failed()).isEqualTo(3);
        assertThat(summary.completed()).isZero();
        var view = one.board.look();
        var task = view.tasks().get(0);
        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(task.issue().status()).isEqualTo("blocked");
        assertThat(task.issue().lastComment()).contains("attempt 3 of 3", "the model does not answer");
        assertThat(view.holders()).isEmpty();
        strict(one, view);
    }

    /** Workers that die with it make no failed attempt of their own. */
    @Test
    void a_task_that_kills_its_workers_ends_too() throws Exception {
        upstream.commit("A.java", "class A {}\n");
        var one = site("one", Duration.ofMillis(400));
        one.init();
        for (int attempt = 1; attempt <= 3; attempt++) {
            var claim = taken(one, "victim" + attempt);
            assertThat(claim).isEqualTo(attempt);
        }

        var summary = one.worker("last", 0, order -> {
                    throw new AssertionError("it was tried often enough");
                })
                .run();

        assertThat(summary.failed()).isEqualTo(1);
        assertThat(one.board.look().tasks()).extracting(Task::state).containsExactly(TaskState.FAILED);
    }

    private static int taken(TestSite site, String worker) {
        while (true) {
            var view = site.board.look();
            var claim = site.board.take(view, view.tasks().get(0), worker);
            if (claim.isPresent()) {
                return claim.get().note().attempt();
            }
        }
    }

    @Test
    void a_token_is_never_given_twice_though_a_task_was_gone() throws Exception {
        TestSite.fill(upstream, 1);
        var one = site("one", LONG);
        one.init();
        upstream.pull();
        upstream.delete("src/d000/A0.java");
        var gone = one.worker("one", 0, TestSite::nothing).run();
        assertThat(gone.completed()).isEqualTo(1); // that of the root

        assertThat(states(one.board.look())).containsEntry(TaskState.DROPPED, 1L);
        upstream.pull();
        TestSite.fill(upstream, 1);
        assertThat(one.init().made().created()).isEqualTo(1);
        one.worker("one", 0, TestSite::nothing).run();

        var view = one.board.look();
        assertThat(states(view)).containsExactly(Map.entry(TaskState.DONE, 2L));
        assertThat(view.tasks())
                .filteredOn(task -> task.directory().equals("src/d000"))
                .extracting(Task::token)
                .containsExactly(2L);
        strict(one, view);
    }

    /** It was closed by one who had no claim, while another worked at it. */
    @Test
    void a_late_claim_that_nobody_took_is_given_back_with_its_token() throws Exception {
        TestSite.fill(upstream, 1);
        var one = site("one", LONG);
        var two = site("two", LONG);
        one.init();
        var view = one.board.look();
        var task = view.tasks().stream()
                .filter(each -> each.directory().equals("src/d000"))
                .findFirst()
                .orElseThrow();
        var claim = one.board.take(view, task, "one").orElseThrow();
        upstream.pull();
        upstream.delete("src/d000/A0.java");
        assertThat(two.init().made().vanished()).isEqualTo(1);

        boolean isPublished = one.board.publish(claim, there -> {
            throw new AssertionError("nothing of it may be made into a change");
        });

        assertThat(isPublished).isFalse();
        var note = two.board.look().holder(task.id()).note();
        assertThat(note.isReleased()).isTrue();
        assertThat(note.token()).isEqualTo(1);
        upstream.pull();
        TestSite.fill(upstream, 1);
        two.init();
        two.worker("two", 0, TestSite::nothing).run();
        assertThat(two.board.look().task(task.id()).orElseThrow().token()).isEqualTo(2);
    }

    @Test
    void a_claim_that_cannot_be_given_back_stops_nobody() throws Exception {
        upstream.commit("A.java", "class A {}\n");
        var one = site("one", LONG);
        one.init();
        var view = one.board.look();
        var claim = one.board.take(view, view.tasks().get(0), "one").orElseThrow();
        refuse();

        one.board.release(claim);

        assertThat(one.board.look().holders()).containsKey(claim.task());
    }

    private void refuse() throws Exception {
        var hook = upstream.bare.resolve("hooks/pre-receive");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\necho 'nobody pushes here' >&2\nexit 1\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void a_review_that_is_out_of_time_is_told_to_stop() throws Exception {
        upstream.commit("A.java", "class A {}\n");
        var one = site("one", LONG);
        one.init();
        var stopped = new CountDownLatch(1);
        var terms = new WorkTerms("one", 1, Duration.ofMillis(200), Duration.ofMillis(50), Duration.ofMillis(400));

        var summary = one.worker(terms, order -> {
                    order.stopped().onComplete(why -> stopped.countDown());
                    await(stopped);
                    return TestSite.nothing(order);
                })
                .run();

        assertThat(summary.failed()).isEqualTo(1);
        assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_remote_that_refuses_is_told_in_its_own_words() throws Exception {
        upstream.commit("A.java", "class A {}\n");
        refuse();

        assertThatThrownBy(() -> site("one", LONG).init())
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("push_rejected"))
                .hasMessageContaining("hook declined");
    }

    @Test
    void a_repository_without_a_commit_is_told() {
        assertThatThrownBy(() -> site("one", LONG).init())
                .isInstanceOf(Problem.class)
                .hasMessageContaining("has no branch main with a commit");
    }

    @Test
    void a_remote_that_is_not_there_is_told() {
        sites.add(new TestSite(directory.resolve("x"), "file://" + directory.resolve("nowhere"), LONG));

        assertThatThrownBy(() -> sites.get(0).board.look())
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.UNREACHABLE));
    }
}
