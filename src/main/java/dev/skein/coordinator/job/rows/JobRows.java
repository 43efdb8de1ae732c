package dev.skein.coordinator.job.rows;

import dev.skein.coordinator.job.JobChange;
import dev.skein.coordinator.job.JobChange.Accepted;
import dev.skein.coordinator.job.JobChange.Ending;
import dev.skein.job.JobSpec;
import dev.skein.job.Outcome;
import dev.skein.job.life.Live;
import dev.skein.store.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes what becomes of jobs. */
final class JobRows {
    private static final String COLUMNS = "(id, type, state, submitter, worker, attempt, attempt_limit, memory,"
            + " more_memory, cancelling, tried, created_at, since, due_at, started_at, idempotency_key, fingerprint,"
            + " schedule_id, spec, payload)";
    private static final String ONE = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final int AT_ONCE = 25;
    private static final String INSERT = "INSERT INTO jobs " + COLUMNS + " VALUES " + ONE;
    private static final String INSERT_MANY = INSERT + (", " + ONE).repeat(AT_ONCE - 1);
    private static final String LABEL = "INSERT INTO job_labels (label, job) VALUES (?, ?) ON CONFLICT DO NOTHING";
    private static final String MOVE = """
            UPDATE jobs SET state = ?, worker = ?, attempt = ?, attempt_limit = ?, memory = ?, more_memory = ?,
                cancelling = ?, tried = ?, since = ?, due_at = ?, started_at = ? WHERE id = ?""";
    private static final String END = """
            UPDATE jobs SET state = ?, worker = ?, attempt = ?, started_at = ?, finished_at = ?, expires_at = ?,
                outcome = ?, error = ?, progress = ?, result = ?, log = ? WHERE id = ?""";
    private static final String FAILED =
            "UPDATE jobs SET outcome = ?, error = ?, progress = ?, log = ? WHERE id = ?";
    private static final String ATTEMPT = """
            INSERT INTO job_attempts (job, number, worker, started_at, finished_at, outcome)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";
    private static final String KEEP_LAST = """
            INSERT INTO job_attempts (job, number, worker, started_at, finished_at, outcome)
            SELECT id, attempt, worker, started_at, finished_at, outcome FROM jobs
            WHERE id = ? AND attempt > 0 AND outcome IS NOT NULL ON CONFLICT DO NOTHING""";
    private static final String REOPEN =
            "UPDATE jobs SET finished_at = NULL, expires_at = NULL, result = NULL WHERE id = ?";
    private static final String COUNT = """
            INSERT INTO job_counts (type, state, number) VALUES (?, ?, ?)
            ON CONFLICT (type, state) DO UPDATE SET number = job_counts.number + excluded.number""";

    private final Transaction tx;
    private final Duration retention;
    private final Map<Count, Long> counts = new HashMap<>();

    private record Count(String type, String state) {}

    JobRows(Transaction tx, Duration retention) {
        this.tx = tx;
        this.retention = retention;
    }

    void write(List<JobChange> changes) throws SQLException {
        insert(changes.stream().filter(change -> change.accepted() != null).toList());
        for (var change : changes) {
            if (change.accepted() == null || change.last() != null) {
                update(change);
            }
        }
        for (var count : counts.entrySet()) {
            tx.update(COUNT, count.getKey().type, count.getKey().state, count.getValue());
        }
    }

    private void insert(List<JobChange> fresh) throws SQLException {
        int whole = fresh.size() - fresh.size() % AT_ONCE;
        for (int i = 0; i < whole; i += AT_ONCE) {
            tx.update(INSERT_MANY, values(fresh.subList(i, i + AT_ONCE)));
        }
        for (var change : fresh.subList(whole, fresh.size())) {
            tx.update(INSERT, values(List.of(change)));
        }
        for (var change : fresh) {
            for (var label : accepted(change).spec().labels()) {
                tx.update(LABEL, label, change.live().id());
            }
        }
    }

    private static Accepted accepted(JobChange change) {
        return Objects.requireNonNull(change.accepted());
    }

    private static @Nullable Object[] values(List<JobChange> fresh) {
        var values = new ArrayList<@Nullable Object>();
        for (var change : fresh) {
            add(values, change.live(), accepted(change));
        }
        return values.toArray();
    }

    private static void add(List<@Nullable Object> values, Live live, Accepted accepted) {
        var spec = accepted.spec();
        values.add(live.id());
        values.add(spec.type());
        values.add(live.state().word());
        values.add(accepted.submitter());
        values.add(live.worker());
        values.add(live.attempt());
        values.add(live.attemptLimit());
        values.add(live.memory());
        values.add(live.moreMemory() ? 1 : 0);
        values.add(live.cancelling() ? 1 : 0);
        values.add(JobJson.words(live.tried()));
        values.add(accepted.createdAt());
        values.add(live.since());
        values.add(live.dueAt());
        values.add(live.startedAt());
        values.add(spec.idempotencyKey());
        values.add(accepted.fingerprint());
        values.add(accepted.scheduleId());
        values.add(JobJson.text(spec.carrying("")));
        values.add(spec.payload());
    }

    private void update(JobChange change) throws SQLException {
        var live = change.live();
        if (change.reopened()) {
            tx.update(KEEP_LAST, live.id());
            countDown(live.id());
            tx.update(REOPEN, live.id());
        }
        var last = change.last();
        int kept = change.endings().size() - (live.state().isTerminal() ? 1 : 0);
        for (int i = 0; i < kept; i++) {
            keep(change.endings().get(i));
        }
        if (live.state().isTerminal()) {
            end(live, Objects.requireNonNull(last));
        } else {
            move(live, last);
        }
    }

    private void keep(Ending ending) throws SQLException {
        var before = ending.before();
        if (before.attempt() > 0) {
            tx.update(
                    ATTEMPT,
                    before.id(),
                    before.attempt(),
                    before.worker(),
                    before.startedAt(),
                    ending.finishedAt(),
                    JobJson.text(ending.outcome()));
        }
    }

    private void move(Live live, @Nullable Ending last) throws SQLException {
        tx.update(
                MOVE,
                live.state().word(),
                live.worker(),
                live.attempt(),
                live.attemptLimit(),
                live.memory(),
                live.moreMemory() ? 1 : 0,
                live.cancelling() ? 1 : 0,
                JobJson.words(live.tried()),
                live.since(),
                live.dueAt(),
                live.startedAt(),
                live.id());
        if (last != null) {
            var error = error(last.outcome());
            var progress = JobJson.optional(last.progress());
            tx.update(FAILED, JobJson.text(last.outcome()), error, progress, last.log(), live.id());
        }
    }

    private void end(Live live, Ending last) throws SQLException {
        long own = live.traits().retentionMillis();
        long expires = last.finishedAt() + (own > 0 ? own : retention.toMillis());
        tx.update(
                END,
                live.state().word(),
                live.worker(),
                live.attempt(),
                live.startedAt(),
                last.finishedAt(),
                expires,
                JobJson.text(last.outcome()),
                error(last.outcome()),
                JobJson.optional(last.progress()),
                last.result(),
                last.log(),
                live.id());
        counts.merge(new Count(live.traits().type(), live.state().word()), 1L, Long::sum);
    }

    private void countDown(long id) throws SQLException {
        for (var count : tx.query(
                "SELECT type, state FROM jobs WHERE id = ?", row -> new Count(row.getString(1), row.getString(2)), id)) {
            counts.merge(count, -1L, Long::sum);
        }
    }

    private static @Nullable String error(Outcome outcome) {
        return outcome.isSuccess() ? null : outcome.code() + ": " + outcome.message();
    }
}
