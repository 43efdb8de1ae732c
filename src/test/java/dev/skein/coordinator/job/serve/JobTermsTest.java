package dev.skein.coordinator.job.serve;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.coordinator.job.JobsConfig;
import dev.skein.job.JobRuns.News;
import dev.skein.job.JobRuns.Tailed;
import dev.skein.job.JobSpec;
import dev.skein.job.JobState;
import dev.skein.job.Jobs;
import dev.skein.job.Outcome;
import dev.skein.kernel.SteadyClock;
import dev.skein.store.SqliteStore;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Those who wait for a job, and jobs that outlive their leader. */
class JobTermsTest {
    private static final Outcome FAILURE = Outcome.failed("exit_code", "it exited", true);

    private final Vertx storage = Vertx.vertx();
    private Store store;
    private JobRig rig;

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws Exception {
        store = SqliteStore.open(storage, directory, StoreConfig.DEFAULTS, SteadyClock.system())
                .await(20, SECONDS);
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

    @Test
    void what_was_claimed_as_the_leader_died_and_never_sent_is_given_again_when_its_worker_renews() throws Exception {
        rig.renew("w1", 1);
        var id = rig.submit(exec());
        var ref = rig.nextAssignment().ref();
        rig.lead();

        rig.renew("w1", 1, ref);
        assertThat(rig.get(id).state()).as("it had arrived").isEqualTo(JobState.RUNNING);
        rig.lead();
        rig.renew("w1", 1);
        assertThat(rig.nextAssignment().ref().attempt()).isEqualTo(2);
    }

    @Test
    void what_ran_where_nobody_is_heard_any_more_waits_one_lease_of_the_next_leader() throws Exception {
        rig.renew("w1", 1);
        var id = rig.submit(exec());
        rig.nextAssignment();
        rig.lead();

        for (int seconds = 0; seconds < 9; seconds++) {
            rig.pass(Duration.ofSeconds(1));
        }
        assertThat(rig.get(id).state()).isEqualTo(JobState.RUNNING);
        rig.pass(Duration.ofMillis(1_500));
        rig.ask(Jobs.STATS, new Jobs.StatsAsk());
        assertThat(rig.get(id).state()).isEqualTo(JobState.RETRYING);
    }

    @Test
    void a_second_runtime_of_the_same_id_is_refused_with_a_sentence_that_names_both() throws Exception {
        rig.renew("w1", 1);

        assertThatThrownBy(() -> rig.renewFrom("n2@9", "w1"))
                .hasMessageContaining("worker id w1 is in use by " + rig.bus.here())
                .hasFieldOrPropertyWithValue("code", "worker_id_taken");
    }

    private Future<Jobs.Logs> follow(String id, long offset, int attempt) {
        return rig.bus.ask(Jobs.LOGS, new Jobs.LogsAsk(id, offset, 1_000, 20_000, attempt), Duration.ofSeconds(30));
    }

    @Test
    void whoever_follows_a_log_waits_for_the_first_attempt_and_between_attempts_until_the_job_ends() throws Exception {
        var id = rig.submit(exec());
        var first = follow(id, -100, 0);
        rig.get(id);
        assertThat(first.isComplete()).as("nothing has happened").isFalse();
        rig.renew("w1", 1);
        assertThat(first.await(25, SECONDS).part()).isEqualTo(new Tailed("", 0, 0, false));
        rig.report("w1", News.finished(rig.nextAssignment().ref(), FAILURE, null, "one\n"));
        assertThat(follow(id, 0, 1).await(25, SECONDS).part()).isEqualTo(new Tailed("one\n", 4, 0, false));

        var between = follow(id, 4, 1);
        rig.get(id);
        assertThat(between.isComplete()).as("it waits for its next attempt").isFalse();
        rig.pass(Duration.ofMinutes(1));
        rig.renew("w1", 1);
        assertThat(between.await(25, SECONDS).part()).isEqualTo(new Tailed("", 0, 0, false));
        rig.report("w1", News.finished(rig.nextAssignment().ref(), Outcome.SUCCESS, "1", "two, longer\n"));
        var last = follow(id, 4, 1).await(25, SECONDS);
        assertThat(last).isEqualTo(new Jobs.Logs(2, new Tailed("two, longer\n", 12, 0, true)));
    }

    @Test
    void whoever_waits_for_the_end_of_a_job_hears_that_it_is_parked() throws Exception {
        var id = rig.submit(exec());
        var waiting = rig.bus.ask(Jobs.GET, new Jobs.Get(id, 20_000, false), Duration.ofSeconds(30));
        rig.ask(Jobs.PARK, new Jobs.Park(id, "later", JobRig.ANN));

        assertThat(waiting.await(15, SECONDS).state()).isEqualTo(JobState.PARKED);
        var again = rig.bus.ask(Jobs.GET, new Jobs.Get(id, 20_000, false), Duration.ofSeconds(30));
        assertThat(again.await(15, SECONDS).state()).isEqualTo(JobState.PARKED);
    }
}
