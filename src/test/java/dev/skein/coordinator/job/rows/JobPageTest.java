package dev.skein.coordinator.job.rows;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.job.JobState;
import dev.skein.job.Jobs.ListAll;
import dev.skein.kernel.SteadyClock;
import dev.skein.store.SqliteStore;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobPageTest {
    private static final List<JobState> TWO = List.of(JobState.QUEUED, JobState.SUCCEEDED);
    private static final List<JobState> RARE = List.of(JobState.DEAD);
    private static final List<JobState> MANY = List.of(JobState.SUCCEEDED);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private Store store;

    @BeforeEach
    void open() throws Exception {
        store = SqliteStore.open(vertx, directory, StoreConfig.DEFAULTS, SteadyClock.system())
                .await(20, SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        store.close().await(10, SECONDS);
        vertx.close().await(10, SECONDS);
    }

    /** The steps of the answer that read jobs. */
    private List<String> steps(ListAll ask) throws Exception {
        var page = new JobPage("id, spec", ask, Long.MAX_VALUE);
        var all = store.read(tx ->
                        tx.query("EXPLAIN QUERY PLAN " + page.sql(), row -> row.getString("detail"), page.parameters()))
                .await(10, SECONDS);
        return all.stream().filter(step -> step.contains(" job")).toList();
    }

    private static ListAll by(List<JobState> states, String type, String worker, String submitter) {
        return new ListAll(states, type, worker, null, submitter, null, null, 9);
    }

    @Test
    void an_index_leads_to_every_page_in_its_order() throws Exception {
        assertThat(steps(by(List.of(), null, null, null))).containsExactly(led("sqlite_autoindex_jobs_1", "id<?"));
        assertThat(steps(by(RARE, null, null, null))).containsExactly(led("jobs_state", "state=? AND id<?"));
        assertThat(steps(by(TWO, null, null, null))).hasSize(2).allMatch(step -> step.contains("(state=? AND id<?)"));
        assertThat(steps(by(RARE, "exec", "w1", "ann")))
                .containsExactly(led("jobs_type_state", "type=? AND state=? AND id<?"));
        assertThat(steps(by(List.of(), "exec", null, null)))
                .hasSize(JobState.values().length)
                .allMatch(step -> step.contains("(type=? AND state=? AND id<?)"));
        assertThat(steps(by(List.of(), null, null, "ann")))
                .containsExactly(led("jobs_submitter", "submitter=? AND id<?"));
    }

    @Test
    void the_rarer_of_a_state_and_a_worker_leads() throws Exception {
        assertThat(steps(by(RARE, null, "w1", null))).containsExactly(led("jobs_state", "state=? AND id<?"));
        assertThat(steps(by(MANY, null, "w1", null))).containsExactly(led("jobs_worker", "worker=? AND id<?"));
        assertThat(steps(by(MANY, null, null, "ann"))).containsExactly(led("jobs_submitter", "submitter=? AND id<?"));
    }

    @Test
    void a_label_or_an_error_leads_before_all_else() throws Exception {
        assertThat(steps(new ListAll(MANY, "exec", "w1", "team=a", "ann", "no", null, 9))
                        .get(0))
                .contains("job_labels")
                .contains("(label=? AND job<?)");
        assertThat(steps(new ListAll(MANY, "exec", "w1", null, "ann", "no", null, 9)))
                .containsExactly(led("jobs_error", "id<?"));
    }

    private static String led(String index, String by) {
        return "SEARCH jobs USING INDEX " + index + " (" + by + ")";
    }
}
