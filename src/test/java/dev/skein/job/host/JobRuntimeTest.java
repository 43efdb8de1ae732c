package dev.skein.job.host;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.config.Settings;
import dev.skein.job.Job.Progress;
import dev.skein.job.JobRuns;
import dev.skein.job.JobRuns.Assignment;
import dev.skein.job.JobRuns.Ending;
import dev.skein.job.JobRuns.News;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.JobRuns.Renewed;
import dev.skein.job.JobRuns.Reported;
import dev.skein.job.JobRuns.Run;
import dev.skein.job.JobRuns.Tail;
import dev.skein.job.JobRuns.Verdict;
import dev.skein.job.JobRuns.What;
import dev.skein.job.Outcome;
import dev.skein.job.exec.ExecHandler;
import dev.skein.job.exec.NoopHandler;
import dev.skein.job.run.JobCall;
import dev.skein.job.run.JobHandler;
import dev.skein.job.run.JobResult;
import dev.skein.job.run.JobSurroundings;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import dev.skein.memory.Memory;
import dev.skein.memory.MemoryConfig;
import dev.skein.process.Processes;
import dev.skein.worker.job.JobVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runtime on a real bus, before a leader that is played. */
class JobRuntimeTest {
    private static final long SOON_SECONDS = 60;
    private static final Duration LONG = Duration.ofSeconds(SOON_SECONDS);
    private static final NodeAddress NODE = NodeAddress.parse("n@1");

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Processes processes = new Processes();
    private final Bus bus = new Bus(vertx, NODE);
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final BlockingQueue<JobRuns.Renew> renewals = new ArrayBlockingQueue<>(10_000);
    private volatile Verdict verdict = Verdict.ACCEPTED;
    private volatile boolean isLeaderUp = true;
    private volatile List<Ending> endings = List.of();
    private @Nullable JobRuntime runtime;

    /** Waits until it is told to end, and as long as it is told. */
    private static final class Stubborn implements JobHandler {
        private final CountDownLatch release = new CountDownLatch(1);
        private final BlockingQueue<JobCall> calls = new LinkedBlockingQueue<>();

        @Override
        public String type() {
            return "stubborn";
        }

        @Override
        public Future<JobResult> run(JobCall call) {
            calls.add(call);
            while (release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException ignored) {
                    assertThat(call.isStopped()).isTrue();
                }
            }
            return Future.succeededFuture(JobResult.succeeded("1"));
        }
    }

    private final Stubborn stubborn = new Stubborn();

    @BeforeEach
    void open() throws Exception {
        bus.register(List.of(JobRuns.RUN, JobRuns.STOP, JobRuns.TAIL, JobRuns.REPORT, JobRuns.RENEW));
        bus.serve(JobRuns.REPORT, report -> {
            if (!isLeaderUp) {
                return Future.failedFuture(Problem.busy("no_leader", "nobody leads"));
            }
            news.addAll(report.news());
            return Future.succeededFuture(
                    new Reported(report.news().stream().map(one -> verdict).toList()));
        });
        bus.serve(JobRuns.RENEW, renew -> {
            renewals.add(renew);
            return isLeaderUp
                    ? Future.succeededFuture(new Renewed(1, 900, endings))
                    : Future.failedFuture(Problem.busy("no_leader", "nobody leads"));
        });
        var handlers = new Handlers(
                List.of(new NoopHandler(), new ExecHandler(), stubborn),
                type -> new JobSurroundings(vertx, Map.of(), folder, SteadyClock.system(), processes));
        var config = HostConfig.from(Settings.of(
                Map.of(
                        "jobs.slots",
                        "2",
                        "jobs.capabilities",
                        "gpu",
                        "jobs.abandon-after",
                        "300ms",
                        "jobs.finish-within",
                        "20s",
                        "jobs.warm",
                        "0"),
                "test"));
        var around = new JobRuntime.Surroundings("w", List.of(), folder.resolve("jobs"), SteadyClock.system());
        var made = new JobRuntime(bus, config, handlers, Memory.of(MemoryConfig.DEFAULTS), around);
        runtime = made;
        vertx.deployVerticle(new JobVerticle(bus, made)).await(SOON_SECONDS, SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        stubborn.release.countDown();
        if (runtime != null) {
            runtime.close();
        }
        processes.close();
        vertx.close().await(SOON_SECONDS, SECONDS);
    }

    @Test
    void a_job_that_is_given_is_done_and_told() throws Exception {
        var taken = give(assignment("a", 1, "noop", "{\"x\":1}"));

        assertThat(taken.refused()).isEmpty();
        var end = ended();
        assertThat(end.ref()).isEqualTo(new Ref("a", 1));
        assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(end.result()).isEqualTo("{\"x\":1}");
        assertThat(heldWhenNextRenewed()).isEmpty();
    }

    @Test
    void it_says_who_it_is_and_what_room_there_is() throws Exception {
        var renew = renewals.poll(SOON_SECONDS, SECONDS);

        assertThat(renew).isNotNull();
        assertThat(renew.runner().types()).containsExactly("exec", "noop", "stubborn");
        assertThat(renew.runner().capabilities()).containsExactly("gpu");
        assertThat(renew.room().slots()).isEqualTo(2);
        assertThat(renew.room().memoryBytes()).isPositive();
    }

    @Test
    void what_has_no_room_or_no_handler_is_refused_with_its_code() throws Exception {
        assertThat(give(assignment("a", 1, "dance", "{}")).refused().get(0).code())
                .isEqualTo("unknown_type");
        var huge = new Assignment(new Ref("b", 1), "noop", "{}", Long.MAX_VALUE, 0, 0, null);
        assertThat(give(huge).refused().get(0).code()).isEqualTo("no_memory");

        give(assignment("c", 1, "stubborn", "{}"), assignment("d", 1, "stubborn", "{}"));
        var third = give(assignment("e", 1, "noop", "{}"), assignment("c", 1, "stubborn", "{}"));

        assertThat(third.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.ref().job()).isEqualTo("e");
            assertThat(refused.code()).isEqualTo("no_slot");
        });
    }

    @Test
    void a_leader_of_the_past_is_refused() throws Exception {
        bus.askAt(NODE, JobRuns.RUN, new Run(5, 10_000, List.of()), LONG).await(SOON_SECONDS, SECONDS);

        assertThatThrownBy(() -> give(assignment("a", 1, "noop", "{}"))).hasMessageContaining("epoch 1 is over");
    }

    @Test
    void a_command_has_its_log_its_result_and_its_outcome() throws Exception {
        give(assignment(
                "a", 1, "exec", "{\"argv\":[\"sh\",\"-c\",\"echo out; pwd; cat; echo bad >&2\"],\"stdin\":\"in\"}"));
        var end = ended();
        assertThat(end.outcome().kind()).as(end.outcome().message()).isEqualTo(Outcome.Kind.SUCCEEDED);
        assertThat(end.result())
                .contains("\"exit_code\":0", "out\\n" + folder.resolve("jobs/a-1"), "in\"", "\"stderr\":\"bad\\n\"");
        assertThat(end.log()).contains("bad");

        var tail = bus.askAt(NODE, JobRuns.TAIL, new Tail(new Ref("a", 1), 0, 4, 0), LONG)
                .await(SOON_SECONDS, SECONDS);
        assertThat(tail.text()).hasSize(4);
        assertThat(tail.ended()).isFalse();

        give(assignment("b", 1, "exec", "{\"argv\":[\"sh\",\"-c\",\"echo why >&2; exit 3\"]}"));
        assertThat(ended().outcome().message()).isEqualTo("exit code 3: why");
        give(assignment("c", 1, "exec", "{\"argv\":[]}"));
        assertThat(ended().outcome().retryable()).isFalse();
        give(assignment("d", 1, "exec", "{\"argv\":[\"true\"],\"cwd\":\"/nonesuch\"}"));
        assertThat(ended().outcome().code()).isEqualTo("working_directory_missing");
    }

    @Test
    void out_of_memory_is_told_with_cap_and_evidence_and_harms_nobody() throws Exception {
        var hungry = "{\"argv\":[\"python3\",\"-c\",\"x=[]\\nwhile True: x.append(bytearray(1<<20))\"]}";

        give(new Assignment(new Ref("a", 1), "exec", hungry, 256 << 20, 0, 0, null));

        var outcome = ended().outcome();
        assertThat(outcome.kind()).as(outcome.message()).isEqualTo(Outcome.Kind.OOM_KILLED);
        assertThat(outcome.details()).isNotNull();
        assertThat(outcome.details().capBytes()).isEqualTo(256 << 20);
    }

    @Test
    void cancelling_ends_the_process_and_its_folder() throws Exception {
        give(assignment("a", 1, "exec", "{\"shell\":\"echo x > file; echo up; sleep 600\"}"));
        bus.askAt(NODE, JobRuns.TAIL, new Tail(new Ref("a", 1), 0, 100, 30_000), LONG)
                .await(SOON_SECONDS, SECONDS);

        stop("a", 1, "cancelled");

        var end = ended();
        assertThat(end.outcome().kind()).isEqualTo(Outcome.Kind.CANCELLED);
        assertThat(heldWhenNextRenewed()).isEmpty();
    }

    @Test
    void a_handler_that_goes_on_is_given_up_and_its_time_limit_is_told() throws Exception {
        give(new Assignment(new Ref("a", 1), "stubborn", "{}", 0, 50, 0, null));

        var outcome = ended().outcome();

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.TIMED_OUT);
        assertThat(outcome.code()).isEqualTo("run_timeout");
    }

    @Test
    void one_that_leaves_takes_nothing_more_and_lets_what_runs_end() throws Exception {
        give(assignment("a", 1, "stubborn", "{}"));
        next(stubborn.calls);

        var left = Objects.requireNonNull(runtime).leave();

        assertThat(give(assignment("b", 1, "noop", "{}")).refused().get(0).code())
                .isEqualTo("draining");
        assertThat(left.isComplete()).isFalse();
        stubborn.release.countDown();
        assertThat(ended().outcome()).isEqualTo(Outcome.SUCCESS);
        left.await(SOON_SECONDS, SECONDS);
    }

    @Test
    void leases_are_renewed_while_a_handler_blocks() throws Exception {
        give(assignment("a", 1, "stubborn", "{}"));
        stubborn.calls.poll(SOON_SECONDS, SECONDS);

        renewals.clear();
        for (int i = 0; i < 3; i++) {
            assertThat(next(renewals).held()).containsExactly(new Ref("a", 1));
        }
    }

    @Test
    void what_cannot_be_renewed_is_ended_before_another_gets_it() throws Exception {
        give(assignment("a", 1, "stubborn", "{}"));
        var call = next(stubborn.calls);

        isLeaderUp = false;
        var reason = call.stopped().await(SOON_SECONDS, SECONDS);

        assertThat(reason).isEqualTo("stale_attempt");
    }

    @Test
    void a_newer_attempt_ends_the_older_and_nobody_hears_of_it() throws Exception {
        give(assignment("a", 1, "stubborn", "{}"));
        var call = next(stubborn.calls);

        give(assignment("a", 2, "noop", "{}"));

        assertThat(call.stopped().await(SOON_SECONDS, SECONDS)).isEqualTo("stale_attempt");
        assertThat(ended().ref()).isEqualTo(new Ref("a", 2));
        stubborn.release.countDown();
        assertThat(news.stream().filter(one -> one.what() == What.FINISHED)).isEmpty();
    }

    @Test
    void an_end_is_told_again_until_it_is_heard() throws Exception {
        isLeaderUp = false;
        give(assignment("a", 1, "noop", "{}"));
        assertThat(next(renewals)).isNotNull();

        isLeaderUp = true;

        assertThat(ended().ref()).isEqualTo(new Ref("a", 1));
    }

    @Test
    void progress_reaches_the_leader_and_a_refused_one_ends_the_attempt() throws Exception {
        give(assignment("a", 1, "stubborn", "{}"));
        var call = next(stubborn.calls);
        assertThat(next(news).what()).isEqualTo(What.STARTED);

        call.progress(new Progress(0.5, "half", null));
        assertThat(next(news).progress()).isEqualTo(new Progress(0.5, "half", null));
        verdict = Verdict.STALE_ATTEMPT;
        call.progress(new Progress(0.6, "more", null));

        assertThat(call.stopped().await(SOON_SECONDS, SECONDS)).isEqualTo("stale_attempt");
    }

    @Test
    void an_ending_comes_with_a_renewal_too() throws Exception {
        give(assignment("a", 1, "stubborn", "{}"));
        var call = next(stubborn.calls);

        endings = List.of(new Ending(new Ref("a", 1), "cancelled", "by ann", 0));

        assertThat(call.stopped().await(SOON_SECONDS, SECONDS)).isEqualTo("cancelled");
        assertThat(ended().outcome()).isEqualTo(Outcome.cancelled("by ann"));
    }

    @Test
    void a_folder_is_removed_with_its_attempt() throws Exception {
        give(assignment("a", 1, "exec", "{\"shell\":\"mkdir d; ln -s / d/link; echo x > d/file\"}"));
        ended();

        var gone = folder.resolve("jobs/a-1");
        for (int i = 0; i < 600 && Files.exists(gone); i++) {
            next(renewals);
        }
        assertThat(gone).doesNotExist();
    }

    @Test
    void a_handler_is_given_what_is_configured_for_its_type() {
        var settings = Settings.of(
                Map.of("jobs.mcp.server.echo.command", "x", "jobs.user", "ann", "jobs.exec.other", "y"), "test");

        var config = HostConfig.from(settings);

        settings.requireSound();
        assertThat(config.forHandler("mcp"))
                .containsEntry("server.echo.command", "x")
                .containsEntry("user", "ann")
                .doesNotContainKey("other");
    }

    private static Assignment assignment(String job, int attempt, String type, String payload) {
        return new Assignment(new Ref(job, attempt), type, payload, 0, 0, 0, null);
    }

    private JobRuns.Taken give(Assignment... all) throws Exception {
        return bus.askAt(NODE, JobRuns.RUN, new Run(1, 10_000, List.of(all)), LONG)
                .await(SOON_SECONDS, SECONDS);
    }

    private void stop(String job, int attempt, String reason) throws Exception {
        var ending = new Ending(new Ref(job, attempt), reason, "as asked", 1_000);
        bus.askAt(NODE, JobRuns.STOP, new JobRuns.Stop(1, List.of(ending)), LONG)
                .await(SOON_SECONDS, SECONDS);
    }

    private News ended() throws Exception {
        for (var one = next(news); ; one = next(news)) {
            if (one.what() == What.FINISHED) {
                return one;
            }
        }
    }

    private List<Ref> heldWhenNextRenewed() throws Exception {
        renewals.clear();
        next(renewals);
        return next(renewals).held();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        var one = queue.poll(SOON_SECONDS, SECONDS);
        if (one == null) {
            throw new AssertionError("nothing came");
        }
        return one;
    }
}
