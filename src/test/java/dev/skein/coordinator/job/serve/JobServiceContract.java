package dev.skein.coordinator.job.serve;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.coordinator.job.JobsConfig;
import dev.skein.job.Job;
import dev.skein.job.Job.Progress;
import dev.skein.job.JobRuns;
import dev.skein.job.JobRuns.News;
import dev.skein.job.JobRuns.Renew;
import dev.skein.job.JobRuns.Room;
import dev.skein.job.JobRuns.Runner;
import dev.skein.job.JobRuns.Verdict;
import dev.skein.job.JobSpec;
import dev.skein.job.JobSpec.Needs;
import dev.skein.job.JobState;
import dev.skein.job.Jobs;
import dev.skein.job.Outcome;
import dev.skein.job.Remotes;
import dev.skein.job.Schedules;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the leader does with jobs, whatever store is beneath it. */
abstract class JobServiceContract {
    private static final Caller BOB = new Caller("bob", "operator", "r2");
    private static final Outcome FAILURE = Outcome.failed("exit_code", "it exited with 100% of nothing", true);

    final Vertx storage = Vertx.vertx();
    private Store store;
    private JobRig rig;

    /** Opens an empty store. */
    abstract Future<Store> connect();

    @BeforeEach
    void start() throws Exception {
        store = connect().await(20, SECONDS);
        rig = new JobRig(store, JobsConfig.DEFAULTS).lead();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        store.close().await(10, SECONDS);
        storage.close().await(10, SECONDS);
    }

    private static JobSpec exec() {
        return JobSpec.of("exec", "{\"argv\":[\"true\"]}");
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void a_job_is_given_to_a_worker_in_the_commit_that_accepts_it_and_its_result_is_waited_for() throws Exception {
        rig.renew("w1", 2);
        var submitted = rig.ask(Jobs.SUBMIT, new Jobs.Submit(exec(), JobRig.ANN));
        assertThat(submitted.state()).isEqualTo(JobState.RUNNING);
        var work = rig.nextAssignment();
        assertThat(work.payload()).isEqualTo(exec().payload());
        assertThat(work.memoryBytes()).as("of its type").isEqualTo(256L << 20);

        var waiting = rig.bus.ask(Jobs.GET, new Jobs.Get(submitted.id(), 20_000, false), Duration.ofSeconds(30));
        rig.report("w1", News.progress(work.ref(), new Progress(0.5, "half", "[1]")));
        assertThat(rig.get(submitted.id()).progress()).isEqualTo(new Progress(0.5, "half", "[1]"));
        var finished = News.finished(work.ref(), Outcome.SUCCESS, "{\"exit\":0}", "done\n");
        assertThat(rig.report("w1", finished)).isEqualTo(Verdict.ACCEPTED);

        var job = waiting.await(20, SECONDS);
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.result()).isEqualTo("{\"exit\":0}");
        assertThat(job.log()).isEqualTo("done\n");
        assertThat(job.attempts()).hasSize(1);
        assertThat(rig.report("w1", finished)).as("said again").isEqualTo(Verdict.ACCEPTED);
        var otherwise = News.finished(work.ref(), FAILURE, null, null);
        assertThat(rig.report("w1", otherwise)).isEqualTo(Verdict.STALE_ATTEMPT);
    }

    @Test
    void the_log_of_a_worker_over_http_says_where_and_how_it_ended_to_a_reader_who_is_held_back() throws Exception {
        var runner = new Runner("h:1", rig.bus.here().toString(), List.of("exec"), List.of(), List.of("remote"));
        rig.ask(JobRuns.RENEW, new Renew(runner, new Room(1, 1L << 32, null), List.of(), false, 0));
        var id = rig.submit(exec());
        var work = rig.nextAssignment();

        var begun =
                rig.ask(Jobs.LOGS, new Jobs.LogsAsk(id, 0, 1_000, 20_000, 0)).part();
        var rest = rig.bus.ask(Jobs.LOGS, new Jobs.LogsAsk(id, begun.next(), 1_000, 20_000, 0), Duration.ofSeconds(30));
        rig.report("h:1", News.finished(work.ref(), Outcome.SUCCESS, null, Remotes.place("h:1") + "HTTP 200\n"));

        assertThat(begun.text()).isEqualTo(Remotes.place("h:1"));
        assertThat(begun.ended()).isFalse();
        assertThat(rest.await(20, SECONDS).part().text()).isEqualTo("HTTP 200\n");
    }

    @Test
    void a_failure_is_retried_elsewhere_until_the_attempts_are_used_up_and_the_dead_can_be_begun_anew()
            throws Exception {
        rig.renew("w1", 1);
        var id = rig.submit(exec().attempts(2));
        rig.renew("w2", 1);
        rig.report("w1", News.finished(rig.nextAssignment().ref(), FAILURE, null, "oops"));
        assertThat(rig.get(id).state()).isEqualTo(JobState.RETRYING);
        rig.pass(Duration.ofSeconds(1));
        var second = rig.nextAssignment().ref();
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(rig.get(id).worker()).isEqualTo("w2");
        rig.report("w2", News.finished(second, FAILURE, null, null));

        var dead = rig.get(id);
        assertThat(dead.state()).isEqualTo(JobState.DEAD);
        assertThat(dead.attempts()).extracting("number", "worker").hasToString("[(1, \"w1\"), (2, \"w2\")]");
        assertThat(rig.ask(Jobs.STATS, new Jobs.StatsAsk()).counts().dead()).isEqualTo(1);
        rig.ask(Jobs.RETRY, new Jobs.Retry(id, JobRig.ANN));
        assertThat(rig.nextAssignment().ref().attempt()).isEqualTo(3);
        assertThat(rig.ask(Jobs.STATS, new Jobs.StatsAsk()).counts().dead()).isZero();
    }

    @Test
    void what_a_worker_has_is_adopted_by_the_next_leader_and_what_is_not_heard_of_is_given_to_another()
            throws Exception {
        rig.renew("w1", 2);
        var kept = rig.submit(exec());
        var lost = rig.submit(exec());
        var first = rig.nextAssignment().ref();
        var second = rig.nextAssignment().ref();
        var queued = rig.submit(exec());
        rig.lead();

        assertThat(rig.renew("w1", 2, first).endings()).isEmpty();
        rig.pass(Duration.ofSeconds(12));
        rig.renew("w1", 2, first);
        rig.pass(Duration.ofSeconds(11)); // the leader stood still, and excuses that first
        rig.renew("w1", 2, first);
        for (int i = 0; i < 12; i++) {
            rig.pass(Duration.ofSeconds(1));
            rig.renew("w1", 2, first);
        }
        var again = rig.nextAssignment().ref();
        assertThat(List.of(lost, queued)).contains(again.job());
        assertThat(rig.report("w1", News.finished(second, Outcome.SUCCESS, "1", null)))
                .as("of an attempt that was given up")
                .isEqualTo(Verdict.STALE_ATTEMPT);
        rig.report("w1", News.finished(first, Outcome.SUCCESS, "1", null));
        assertThat(rig.get(kept).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(rig.get(kept).attempt()).isEqualTo(1);
    }

    @Test
    void a_queue_is_forecast_from_measured_durations_and_its_oldest_job_by_state_and_type() throws Exception {
        rig.renew("w1", 1);
        rig.submit(exec());
        assertThat(rig.ask(Jobs.STATS, new Jobs.StatsAsk()).eta()).isEqualTo(new Jobs.Eta(null, null, 0, 20));
        for (int i = 0; i < 20; i++) {
            var work = rig.nextAssignment().ref();
            rig.submit(exec());
            rig.clock.advance(Duration.ofSeconds(3));
            rig.report("w1", News.finished(work, Outcome.SUCCESS, null, null));
            rig.renew("w1", 1);
        }
        rig.submit(JobSpec.of("http", "{}"));
        rig.clock.advance(Duration.ofSeconds(7));

        var stats = rig.ask(Jobs.STATS, new Jobs.StatsAsk());
        assertThat(stats.eta().samples()).isEqualTo(20);
        assertThat(stats.eta().lowSeconds()).isBetween(3.0, 6.0);
        assertThat(stats.eta().highSeconds()).isBetween(stats.eta().lowSeconds(), 6.0);
        assertThat(stats.oldestAgeSeconds()).containsEntry("queued", 7L).containsKey("running");
        assertThat(stats.types()).extracting(Jobs.OfType::type).containsExactly("exec", "http");
        assertThat(stats.types().get(1).oldestAgeSeconds()).containsEntry("queued", 7L);
        assertThat(stats.types().get(1).eta().lowSeconds())
                .as("nothing was measured")
                .isNull();
    }

    @Test
    void the_same_key_stands_for_the_same_job_and_never_for_another() throws Exception {
        var id = rig.submit(exec().under("k1"));

        var again = rig.ask(Jobs.SUBMIT, new Jobs.Submit(exec().under("k1"), JobRig.ANN));
        assertThat(again.id()).isEqualTo(id);
        assertThat(again.existing()).isTrue();
        refused("idempotency_key_reused", () -> rig.submit(exec().under("k1").attempts(9)));
        var twice = List.of(
                exec().under("k2"), exec().under("k2"), exec().under("k2").attempts(9));
        var answers = rig.ask(Jobs.SUBMIT_MANY, new Jobs.SubmitMany(twice, JobRig.ANN))
                .answers();
        assertThat(answers.get(1).id()).isEqualTo(answers.get(0).id());
        assertThat(answers.get(2).code()).isEqualTo("idempotency_key_reused");
    }

    @Test
    void memory_with_which_nothing_of_a_type_starts_is_refused() throws Exception {
        rig.renew("w1", 1);

        refused("memory_too_small", () -> rig.submit(exec().with(new Needs(List.of(), List.of(), null, 1, false))));
        rig.submit(exec().with(new Needs(List.of(), List.of(), null, 16 << 20, false)));
    }

    @Test
    void of_many_each_is_answered_for_by_itself() throws Exception {
        rig.renew("w1", 1);
        var huge = exec().with(new Needs(List.of(), List.of(), null, 1L << 50, false));
        var specs = List.of(exec(), JobSpec.of("magic", "1"), huge, JobSpec.of("exec", "x".repeat(2 << 20)));

        assertThat(rig.ask(Jobs.SUBMIT_MANY, new Jobs.SubmitMany(specs, JobRig.ANN))
                        .answers())
                .extracting(Jobs.Answer::code)
                .containsExactly(null, "unknown_job_type", "memory_impossible", "payload_too_large");
    }

    @Test
    void a_leader_that_has_just_begun_calls_nothing_unknown_or_impossible() throws Exception {
        rig.lead();
        rig.renew("w1", 1);
        var huge = exec().with(new Needs(List.of(), List.of(), null, 1L << 50, false));

        refused("workers_unheard", () -> rig.submit(JobSpec.of("magic", "1")));
        refused("workers_unheard", () -> rig.submit(huge));
        rig.pass(JobsConfig.DEFAULTS.lease());
        refused("unknown_job_type", () -> rig.submit(JobSpec.of("magic", "1")));
        refused("memory_impossible", () -> rig.submit(huge));
    }

    @Test
    void cancelling_ends_what_waits_at_once_and_tells_what_runs() throws Exception {
        rig.renew("w1", 1);
        var running = rig.submit(exec());
        var waiting = rig.submit(exec());
        var ref = rig.nextAssignment().ref();

        assertThat(rig.ask(Jobs.CANCEL, new Jobs.Cancel(waiting, "", JobRig.ANN))
                        .state())
                .isEqualTo(JobState.CANCELLED);
        assertThat(rig.ask(Jobs.CANCEL, new Jobs.Cancel(running, "no more", JobRig.ANN))
                        .state())
                .isEqualTo(JobState.RUNNING);
        assertThat(rig.endings.poll(20, SECONDS).reason()).isEqualTo("cancelled");
        assertThat(rig.renew("w1", 1, ref).endings()).hasSize(1);
        rig.report("w1", News.finished(ref, Outcome.crashed("signal_15", "ended", null), null, null));
        assertThat(rig.get(running).state()).isEqualTo(JobState.CANCELLED);
        refused("job_ended", () -> rig.ask(Jobs.CANCEL, new Jobs.Cancel(running, "", JobRig.ANN)));
        refused("job_not_found", () -> rig.get("j1-999"));
    }

    @Test
    void jobs_are_found_by_state_label_worker_and_words_of_their_error_page_by_page() throws Exception {
        rig.renew("w1", 1);
        var failed = rig.submit(exec().attempts(1).labelled(List.of("team=a")));
        rig.report("w1", News.finished(rig.nextAssignment().ref(), FAILURE, null, null));
        var waiting = IntStream.range(0, 5).mapToObj(i -> exec()).toList();
        rig.ask(Jobs.SUBMIT_MANY, new Jobs.SubmitMany(waiting, JobRig.ANN));

        assertThat(list(new Jobs.ListAll(List.of(), null, null, "team=a", null, null, null, 9)))
                .containsExactly(failed);
        assertThat(list(new Jobs.ListAll(List.of(), null, null, null, null, "100% OF", null, 9)))
                .containsExactly(failed);
        assertThat(list(new Jobs.ListAll(List.of(JobState.DEAD), "exec", "w1", null, "ann", null, null, 9)))
                .containsExactly(failed);
        var first = rig.ask(Jobs.LIST, new Jobs.ListAll(List.of(), null, null, null, null, null, null, 4));
        assertThat(first.jobs()).hasSize(4);
        assertThat(list(new Jobs.ListAll(List.of(), null, null, null, null, null, first.next(), 4)))
                .hasSize(2)
                .endsWith(failed);
    }

    @Test
    void whatever_filters_are_combined_a_page_holds_what_passes_them_all() throws Exception {
        rig.renew("w1", 3);
        rig.ask(Jobs.SUBMIT, new Jobs.Submit(exec().labelled(List.of("team=a")), BOB));
        var failing = rig.submit(exec().attempts(1).labelled(List.of("team=a", "x")));
        rig.submit(JobSpec.of("mcp", "{}"));
        for (int i = 0; i < 3; i++) {
            var work = rig.nextAssignment().ref();
            var outcome = work.job().equals(failing) ? FAILURE : Outcome.SUCCESS;
            rig.report("w1", News.finished(work, outcome, null, null));
        }
        rig.renew("w1", 1);
        rig.ask(Jobs.SUBMIT_MANY, new Jobs.SubmitMany(List.of(exec(), exec(), JobSpec.of("mcp", "{}")), BOB));
        var all = rig.ask(Jobs.LIST, new Jobs.ListAll(List.of(), null, null, null, null, null, null, 9));

        for (var ask : Filters.combined()) {
            assertThat(list(ask))
                    .as("%s", ask)
                    .isEqualTo(all.jobs().stream()
                            .filter(job -> Filters.passes(job, ask))
                            .limit(ask.limit())
                            .map(Job::id)
                            .toList());
        }
    }

    private List<String> list(Jobs.ListAll ask) throws Exception {
        return rig.ask(Jobs.LIST, ask).jobs().stream().map(job -> job.id()).toList();
    }

    @Test
    void a_schedule_makes_one_job_at_a_time_and_survives_the_leader() throws Exception {
        var plan = new Schedules.Plan("* * * * *", "UTC", false, false, exec());
        rig.ask(Schedules.PUT, new Schedules.Put("nightly", plan, false, JobRig.ANN));
        refused("schedule_exists", () -> rig.ask(Schedules.PUT, new Schedules.Put("nightly", plan, false, JobRig.ANN)));
        rig.lead();
        rig.pass(Duration.ofSeconds(61));

        var fired = rig.ask(Schedules.GET, new Schedules.Get("nightly"));
        assertThat(fired.lastJob()).isNotNull();
        assertThat(rig.get(fired.lastJob()).scheduleId()).isEqualTo("nightly");
        rig.pass(Duration.ofSeconds(60));
        var skipped = rig.ask(Schedules.GET, new Schedules.Get("nightly"));
        assertThat(skipped.lastJob()).isEqualTo(fired.lastJob());
        assertThat(skipped.skipped()).isEqualTo(1);
        rig.ask(Schedules.DELETE, new Schedules.Delete("nightly", JobRig.ANN));
        assertThat(rig.ask(Schedules.LIST, new Schedules.ListAll()).schedules()).isEmpty();
    }

    @Test
    void the_ends_of_jobs_are_forgotten_after_their_time() throws Exception {
        rig.renew("w1", 1);
        var id = rig.submit(exec());
        rig.report("w1", News.finished(rig.nextAssignment().ref(), Outcome.SUCCESS, "1", null));
        rig.pass(Duration.ofHours(25));
        rig.ask(Schedules.LIST, new Schedules.ListAll());
        store.write(tx -> 1).await(10, SECONDS); // after the sweep's own

        refused("job_not_found", () -> rig.get(id));
        assertThat(rig.ask(Jobs.STATS, new Jobs.StatsAsk()).counts().succeeded())
                .isZero();
    }

    @Test
    void a_full_queue_refuses_and_says_so() throws Exception {
        var usual = JobsConfig.DEFAULTS;
        var sizes = new JobsConfig.Sizes(3, 10, 1 << 20, 1 << 20, 0);
        var small = new JobRig(
                        store,
                        new JobsConfig(
                                usual.lease(),
                                usual.retention(),
                                usual.rules(),
                                usual.limits(),
                                sizes,
                                usual.types(),
                                usual.memoryByType()))
                .lead();
        for (int i = 0; i < 3; i++) {
            small.submit(exec());
        }

        refused("queue_full", () -> small.submit(exec()));
        assertThat(small.ask(Jobs.CLEAR, new Jobs.Clear(List.of(JobState.QUEUED), null, JobRig.ANN))
                        .cancelled())
                .isEqualTo(3);
        small.submit(exec());
        small.close();
    }
}
