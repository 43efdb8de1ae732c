package dev.skein.coordinator.job.rows;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.job.life.JobIds;
import dev.skein.kernel.SteadyClock;
import dev.skein.store.SqliteStore;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row that nobody can read is named, in words for whoever has to restore a copy. */
class DamagedRowsTest {
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

    private void change(String sql, Object... values) throws Exception {
        store.write(tx -> tx.update(sql, values)).await(20, SECONDS);
    }

    private void isRefused(String place) {
        assertThatThrownBy(() ->
                        new StoreJobJournal(store, Duration.ofDays(1)).open().await(20, SECONDS))
                .hasMessageContaining("the store is damaged (table " + place)
                .hasMessageContaining("skein store restore -f CONF --replace COPY")
                .hasMessageNotContaining("Exception");
    }

    @Test
    void a_job_whose_words_are_no_json_is_named() throws Exception {
        change(
                "INSERT INTO jobs (id, type, state, submitter, attempt, attempt_limit, memory, more_memory, cancelling,"
                        + " tried, created_at, since, due_at, started_at, spec, payload)"
                        + " VALUES (7, 'exec', 'queued', 's', 0, 3, 0, 0, 0, '', 0, 0, 0, 0, ?, '{}')",
                "{{{");

        isRefused("jobs, job " + JobIds.text(7));
    }

    @Test
    void a_schedule_whose_plan_is_no_json_is_named() throws Exception {
        change("INSERT INTO job_schedules (id, plan, skipped) VALUES ('nightly', ?, 0)", "{{{");

        isRefused("job_schedules, schedule nightly");
    }
}
