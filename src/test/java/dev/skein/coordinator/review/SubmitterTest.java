package dev.skein.coordinator.review;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.bus.Bus;
import dev.skein.bus.Contract;
import dev.skein.bus.NodeAddress;
import dev.skein.coordinator.review.rows.RunRows;
import dev.skein.coordinator.review.rows.SmallRun;
import dev.skein.coordinator.review.rows.TaskRows;
import dev.skein.job.JobState;
import dev.skein.job.Jobs;
import dev.skein.job.Jobs.Answer;
import dev.skein.job.Jobs.SubmittedMany;
import dev.skein.job.life.JobIds;
import dev.skein.kernel.SteadyClock;
import dev.skein.review.scope.ScopedFile;
import dev.skein.review.scope.Unit;
import dev.skein.store.SqliteStore;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitterTest {
    private static final String JOB = JobIds.text(JobIds.of(1, 7));

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx, new NodeAddress("n1", "1"));
    private final List<String> cancelled = Collections.synchronizedList(new ArrayList<>());
    private Store store;
    private Submitter submitter;

    @BeforeEach
    void open() throws Exception {
        store = SqliteStore.open(vertx, directory, StoreConfig.DEFAULTS, SteadyClock.system())
                .await(60, SECONDS);
        submitter = new Submitter(new Means(bus, store, vertx, ReviewRunsConfig.DEFAULTS, InstantSource.system()));
        bus.register(List.<Contract>of(Jobs.SUBMIT_MANY, Jobs.CANCEL));
        var run = SmallRun.of("r", true, 1);
        var file = new ScopedFile("a.java", 10, 10, "h", "java");
        store.write(tx -> RunRows.insert(tx, run)).await(20, SECONDS);
        store.write(tx -> TaskRows.insert(tx, run, new Unit("a", ".", 1, 1, 2, List.of(file)), null))
                .await(20, SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        store.close().await(10, SECONDS);
        vertx.close().await(10, SECONDS);
    }

    /** Jobs are taken, and meanwhile this happens. */
    private void submitWhile(Store.Work<Integer> meanwhile) throws Exception {
        bus.serve(
                        Jobs.SUBMIT_MANY,
                        ask -> store.write(meanwhile)
                                .map(done -> new SubmittedMany(
                                        List.of(new Answer(JOB, JobState.QUEUED, false, null, null)))))
                .completion()
                .await(10, SECONDS);
        bus.serve(Jobs.CANCEL, ask -> {
                    cancelled.add(ask.id());
                    return Future.failedFuture("nobody looks at the answer");
                })
                .completion()
                .await(10, SECONDS);
        submitter.submit().await(20, SECONDS);
    }

    private Long job() throws Exception {
        return store.read(tx -> TaskRows.get(tx, "r", "a").orElseThrow())
                .await(20, SECONDS)
                .job();
    }

    @Test
    void a_task_that_waits_gets_its_job() throws Exception {
        submitWhile(tx -> 0);

        assertThat(job()).isEqualTo(JobIds.parse(JOB));
        assertThat(cancelled).isEmpty();
    }

    @Test
    void the_job_of_a_task_that_was_cancelled_while_it_was_asked_for_is_cancelled_too() throws Exception {
        submitWhile(tx -> TaskRows.refuseWaiting(tx, "r", "the run was cancelled"));

        assertThat(job()).isNull();
        assertThat(cancelled).containsExactly(JOB);
    }

    @Test
    void the_job_of_a_task_that_was_begun_anew_while_it_was_asked_for_is_cancelled() throws Exception {
        submitWhile(tx -> TaskRows.begunAnew(tx, "r", "a"));

        assertThat(cancelled).containsExactly(JOB);
    }
}
