package dev.skein.review.ledger.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.git.Upstream;
import dev.skein.git.exchange.Mirror.Source;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import dev.skein.review.Severity;
import dev.skein.review.ledger.Bootstrap.Wish;
import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.TaskState;
import dev.skein.review.ledger.claim.Board;
import dev.skein.review.ledger.claim.ClaimTerms;
import dev.skein.review.ledger.status.LedgerStatus;
import dev.skein.review.report.Outcome;
import dev.skein.review.scope.Wanted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What others may have written into a ledger or among its claims, and remotes that take some things and not others. */
@Timeout(60)
class HostileLedgerTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    private Upstream upstream;
    private TestSite site;

    @BeforeEach
    void upstream() throws Exception {
        upstream = new Upstream(directory.resolve("up"));
        site = site("site", ClaimTerms.DEFAULTS.lasting(LONG));
    }

    @AfterEach
    void close() {
        site.close();
        upstream.close();
    }

    private TestSite site(String name, ClaimTerms terms) {
        return new TestSite(directory.resolve(name), upstream.url(), terms);
    }

    /** One task with a directory of its own, which says this of itself. */
    private Task task(String metadata) throws Exception {
        TestSite.fill(upstream, 1);
        upstream.commit(".beads/issues.jsonl", """
                {"id":"rv-aaa1","title":"Review directory: src/d000","status":"open","priority":2,"issue_type":"task",\
                "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z",\
                "metadata":{"path":"src/d000"%s}}
                """.formatted(metadata));
        return site.board.look().task("rv-aaa1").orElseThrow();
    }

    private void claimedBy(ObjectId object) throws Exception {
        Files.createDirectories(upstream.bare.resolve(Board.CLAIMS));
        Files.writeString(upstream.bare.resolve(Board.CLAIMS + "rv-aaa1"), object.name() + "\n");
    }

    @Test
    void a_token_that_no_claim_can_follow_does_not_keep_a_task_from_being_done() throws Exception {
        task(",\"token\":" + Long.MAX_VALUE);

        var summary = site.worker("w", 0, TestSite::nothing).run();

        assertThat(summary.completed()).isEqualTo(1);
        assertThat(site.board.look().tasks()).singleElement().satisfies(done -> {
            assertThat(done.state()).isEqualTo(TaskState.DONE);
            assertThat(done.token()).isEqualTo(1);
        });
    }

    @Test
    void more_attempts_than_a_number_has_room_for_are_more_than_a_task_may_have() throws Exception {
        task(",\"attempts\":" + Integer.MAX_VALUE);

        var summary = site.worker("w", 0, TestSite::nothing).run();

        assertThat(summary.completed()).isZero();
        assertThat(site.board.look().tasks()).extracting(Task::state).containsExactly(TaskState.FAILED);
    }

    @Test
    void a_task_that_somebody_closed_without_a_review_is_not_reviewed_and_can_be_done_again() throws Exception {
        task("");
        upstream.commit(".beads/issues.jsonl", """
                {"id":"rv-aaa1","title":"Review directory: src/d000","status":"closed","priority":2,\
                "issue_type":"task",\
                "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z",\
                "closed_at":"2026-01-01T00:00:00Z","close_reason":"Review completed",\
                "metadata":{"path":"src/d000","lines":2}}
                """);

        var closed = new LedgerStatus(site.board.look(), Instant.EPOCH);

        assertThat(closed.outcome(Severity.HIGH)).isEqualTo(Outcome.INCOMPLETE);
        assertThat(closed.reviewed()).isZero();
        assertThat(closed.unreviewed()).isEqualTo(1);
        var wish = new Wish(false, true, List.of(), List.of());
        var again = new LedgerInit(site.board, site.finder).make(Wanted.DEFAULTS, wish);
        assertThat(again.made().reopened()).isEqualTo(1);
        site.worker("w", 0, TestSite::nothing).run();
        assertThat(new LedgerStatus(site.board.look(), Instant.EPOCH).outcome(Severity.HIGH))
                .isEqualTo(Outcome.CLEAN);
    }

    /** Whatever it is, it ends as a claim does that nobody renews, and may be followed by one. */
    @Test
    void a_claim_that_is_no_commit_is_taken_over_once_its_time_is_over() throws Exception {
        task("");
        try (var bare = new FileRepositoryBuilder()
                        .setGitDir(upstream.bare.toFile())
                        .build();
                var inserter = bare.newObjectInserter()) {
            var blob = inserter.insert(Constants.OBJ_BLOB, "{\"ttl_ms\":1}".getBytes(StandardCharsets.UTF_8));
            inserter.flush();
            claimedBy(blob);
        }

        var later = new AtomicReference<>(Duration.ZERO);
        var steady = SteadyClock.system();
        var source = new Source(upstream.url(), "main", Board.CLAIMS, null);
        InstantSource clock = () -> steady.instant().plus(later.get());
        var board = new Board(site.mirror, source, ClaimTerms.DEFAULTS, InstantSource.system(), clock);

        assertThat(board.look().holders().get("rv-aaa1").isLive()).isTrue();
        later.set(ClaimTerms.DEFAULTS.ttl());
        var view = board.look();
        assertThat(view.holders().get("rv-aaa1").isLive()).isFalse();
        var claim = board.take(view, view.task("rv-aaa1").orElseThrow(), "w").orElseThrow();
        assertThat(board.confirm(claim)).isPresent();
        assertThat(claim.note().token()).isEqualTo(1);
    }

    @Test
    void a_claim_that_a_remote_never_takes_holds_up_no_other_task_and_ends_in_its_words() throws Exception {
        var impatient = site("impatient", ClaimTerms.DEFAULTS.lasting(LONG).patient(Duration.ofMillis(800)));
        task("");
        impatient.init(); // a task of the root, too
        Files.createDirectories(upstream.bare.resolve(Board.CLAIMS));
        Files.createFile(upstream.bare.resolve(Board.CLAIMS + "rv-aaa1.lock"));
        var worker = impatient.worker("w", 0, TestSite::nothing);

        assertThatThrownBy(worker::run)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.TIMEOUT))
                .hasMessageContaining("has not taken a claim of rv-aaa1")
                .hasMessageContaining("lock");

        assertThat(impatient.board.look().tasks())
                .extracting(Task::state)
                .containsExactlyInAnyOrder(TaskState.PENDING, TaskState.DONE);
        impatient.close();
    }

    @Test
    void a_worker_whose_result_is_refused_gives_its_task_back() throws Exception {
        task("");
        var hook = upstream.bare.resolve("hooks/update");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\ncase $1 in refs/heads/*) echo protected; exit 1;; esac\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        var worker = site.worker("w", 0, TestSite::nothing);

        assertThatThrownBy(worker::run)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("push_rejected"));

        var holder = site.board.look().holders().get("rv-aaa1");
        assertThat(holder.isLive()).isFalse();
        assertThat(holder.note().attempt()).isZero();
    }

    /** Nobody watches a worker in silence for minutes. */
    @Test
    void a_remote_that_cannot_be_reached_is_told_at_once_and_once() {
        var patience = Duration.ofMillis(1_500);
        var nowhere = "file://" + directory.resolve("nowhere");
        var far = new TestSite(
                directory.resolve("far"),
                nowhere,
                ClaimTerms.DEFAULTS.lasting(LONG).patient(patience));
        var told = new ArrayList<String>();
        var events = new WorkEvents() {
            @Override
            public void outage(String why, Duration span) {
                told.add(why);
            }
        };
        var parts = new LedgerWorker.Parts(far.board, far.finder, TestSite::nothing, events, SteadyClock.system());
        var worker = new LedgerWorker(parts, WorkTerms.of("w", 0));

        assertThatThrownBy(worker::run).isInstanceOf(Problem.class);

        assertThat(told).singleElement().asString().contains("nowhere");
        far.close();
    }

    @Test
    void a_branch_that_is_locked_for_long_is_told_as_what_it_is() throws Exception {
        var impatient = site("impatient", ClaimTerms.DEFAULTS.lasting(LONG).patient(Duration.ofMillis(800)));
        TestSite.fill(upstream, 1);
        Files.createFile(upstream.bare.resolve("refs/heads/main.lock"));

        assertThatThrownBy(impatient::init)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("has taken nothing for")
                .hasMessageContaining("lock");
        impatient.close();
    }
}
