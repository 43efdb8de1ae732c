package dev.skein.coordinator.job.rows;

import dev.skein.coordinator.job.JobJournal;
import dev.skein.job.JobState;
import dev.skein.job.Schedules.Plan;
import dev.skein.store.Store;
import dev.skein.store.Transaction;
import io.vertx.core.Future;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps jobs in the store of one term. */
public final class StoreJobJournal implements JobJournal {
    private static final String PUT_SCHEDULE = """
        INSERT INTO job_schedules (id, plan, next_at, last_at, last_job, skipped) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET plan = excluded.plan, next_at = excluded.next_at,
            last_at = excluded.last_at, last_job = excluded.last_job, skipped = excluded.skipped\
        """;
    private static final String EXPIRED = """
        SELECT id, type, state FROM jobs WHERE expires_at IS NOT NULL AND expires_at <= ?
        ORDER BY expires_at LIMIT ?\
        """;

    private final Store store;
    private final Duration retention;

    /** @param store of one term: its writes fail once the term is over */
    public StoreJobJournal(Store store, Duration retention) {
        this.store = store;
        this.retention = retention;
    }

    /** What is there. A write, so that nothing of an earlier term comes after it. */
    public Future<Found> open() {
        return store.write(tx -> new Found(JobReads.live(tx), JobReads.ended(tx), schedules(tx)));
    }

    @Override
    public Future<?> write(Entry entry) {
        return store.write(tx -> {
            new JobRows(tx, retention).write(entry.changes());
            for (var cycle : entry.cycles()) {
                put(tx, cycle);
            }
            for (var id : entry.dropped()) {
                tx.update("DELETE FROM job_schedules WHERE id = ?", id);
            }
            return true;
        });
    }

    private static void put(Transaction tx, Cycle cycle) throws SQLException {
        tx.update(
                PUT_SCHEDULE,
                cycle.id(),
                JobJson.text(cycle.plan()),
                cycle.nextAt(),
                cycle.lastAt(),
                cycle.lastJob(),
                cycle.skipped());
    }

    private static List<Cycle> schedules(Transaction tx) throws SQLException {
        return tx.query(
                "SELECT * FROM job_schedules ORDER BY id",
                row -> new Cycle(
                        row.getString("id"),
                        Damage.named(
                                "job_schedules",
                                "schedule " + row.getString("id"),
                                () -> JobJson.read(row.getString("plan"), Plan.class)),
                        number(row, "next_at"),
                        number(row, "last_at"),
                        number(row, "last_job"),
                        row.getLong("skipped")));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    /** What was forgotten, by type and state. */
    public record Forgotten(int jobs, Map<String, Map<JobState, Long>> byType) {}

    /**
     * Forgets jobs that ended long ago, the oldest first.
     *
     * @param until those whose time is over by then
     * @param most at once
     */
    public Future<Forgotten> forget(long until, int most) {
        return store.write(tx -> forget(tx, until, most));
    }

    private static Forgotten forget(Transaction tx, long until, int most) throws SQLException {
        record Old(long id, String type, JobState state) {}
        var old = tx.query(
                EXPIRED, row -> new Old(row.getLong(1), row.getString(2), JobState.of(row.getString(3))), until, most);
        var byType = new HashMap<String, Map<JobState, Long>>();
        for (var job : old) {
            tx.update("DELETE FROM job_labels WHERE job = ?", job.id);
            tx.update("DELETE FROM job_attempts WHERE job = ?", job.id);
            tx.update("DELETE FROM jobs WHERE id = ?", job.id);
            byType.computeIfAbsent(job.type, type -> new HashMap<>()).merge(job.state, 1L, Long::sum);
        }
        for (var type : byType.entrySet()) {
            for (var state : type.getValue().entrySet()) {
                tx.update(
                        "UPDATE job_counts SET number = number - ? WHERE type = ? AND state = ?",
                        state.getValue(),
                        type.getKey(),
                        state.getKey().word());
            }
        }
        return new Forgotten(old.size(), byType);
    }
}
