package dev.skein.coordinator.review.rows;

import dev.skein.coordinator.review.rows.PartRows.Owner;
import dev.skein.job.life.JobIds;
import dev.skein.review.Severity;
import dev.skein.review.run.Reviews;
import dev.skein.review.run.Reviews.TaskState;
import dev.skein.review.scope.Unit;
import dev.skein.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tasks as rows. Where one is follows from what was sealed and from the state of its job. */
public final class TaskRows {
    static final String STATE = """
        CASE WHEN t.sealed = 2 THEN 'done' WHEN t.refusal IS NOT NULL THEN 'failed' WHEN t.job IS NULL THEN 'pending'
            WHEN j.state = 'running' THEN 'running' WHEN j.state IN ('queued', 'retrying', 'parked') THEN 'pending'
            ELSE 'failed' END\
        """;

    /** Behind others, of a task whose job is {@code j}: something will be done for it. */
    static final String OPEN = """
        t.sealed < 2 AND t.refusal IS NULL
            AND (t.job IS NULL OR j.state IN ('running', 'queued', 'retrying', 'parked'))\
        """;

    static final String TOLD = """
        SELECT * FROM (SELECT t.run, t.id, t.directory, t.part, t.parts, t.priority, t.files, t.lines, t.job, t.turn,
            t.refusal, t.sealed, t.sealed_job, t.sealed_attempt, t.worker, t.millis, t.finished_at, t.critical, t.high,
            t.medium, t.low, t.info, j.worker AS job_worker, j.attempt, j.started_at, j.finished_at AS job_finished_at,
            j.error, %s AS state
        FROM review_tasks t LEFT JOIN jobs j ON j.id = t.job WHERE t.run = ?) AS told\
        """.formatted(STATE);
    private static final String INSERT = """
        INSERT INTO review_tasks (run, id, directory, part, parts, priority, files, lines, hash, unit, turn, refusal,
            sealed, reviewed, critical, high, medium, low, info, suppressed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING\
        """;
    private static final String WAITING = """
        SELECT t.run, t.id, t.priority, t.turn, t.unit FROM review_tasks t JOIN review_runs r ON r.id = t.run
        WHERE t.job IS NULL AND t.refusal IS NULL AND t.sealed < 2 ORDER BY r.created_at, t.run, t.id LIMIT ?\
        """;
    private static final String RETRY =
            "UPDATE review_tasks SET job = NULL, refusal = NULL, turn = turn + 1 WHERE run = ? AND id = ?";

    private TaskRows() {}

    /** One that no job was asked for yet. */
    public record Waiting(String run, String id, int priority, int turn, Unit unit) {}

    /** One with its row and its job. */
    public record Told(Reviews.Task task, @Nullable Long job, int turn) {}

    /**
     * False when it was there before.
     *
     * @param refusal why it gets no job; null when it is to get one
     */
    public static boolean insert(Transaction tx, Run run, Unit unit, @Nullable String refusal) throws SQLException {
        int rows = tx.update(
                INSERT,
                run.id(),
                unit.id(),
                unit.directory(),
                unit.part(),
                unit.parts(),
                unit.priority(),
                unit.files().size(),
                unit.lines(),
                unit.hash(),
                ReviewJson.text(unit),
                refusal == null ? null : RunRows.clean(refusal));
        return rows == 1;
    }

    public static List<Waiting> waiting(Transaction tx, int limit) throws SQLException {
        return tx.query(
                WAITING,
                row -> new Waiting(
                        row.getString("run"),
                        row.getString("id"),
                        row.getInt("priority"),
                        row.getInt("turn"),
                        ReviewJson.read(row.getString("unit"), Unit.class)),
                limit);
    }

    /** 0 when it waits for no job any more. */
    public static int submitted(Transaction tx, Waiting task, long job) throws SQLException {
        var sql = "UPDATE review_tasks SET job = ?"
                + " WHERE run = ? AND id = ? AND turn = ? AND job IS NULL AND refusal IS NULL";
        return tx.update(sql, job, task.run, task.id, task.turn);
    }

    public static int refused(Transaction tx, Waiting task, String why) throws SQLException {
        var sql = "UPDATE review_tasks SET refusal = ? WHERE run = ? AND id = ? AND turn = ? AND job IS NULL";
        return tx.update(sql, RunRows.clean(why), task.run, task.id, task.turn);
    }

    /** Those that wait for a job get none. */
    public static int refuseWaiting(Transaction tx, String run, String why) throws SQLException {
        var sql = "UPDATE review_tasks SET refusal = ?"
                + " WHERE run = ? AND job IS NULL AND refusal IS NULL AND sealed < 2";
        return tx.update(sql, why, run);
    }

    /** To be given to another job. */
    public static int begunAnew(Transaction tx, String run, String task) throws SQLException {
        return tx.update(RETRY, run, task);
    }

    public static int prioritized(Transaction tx, String run, String task, int priority) throws SQLException {
        return tx.update("UPDATE review_tasks SET priority = ? WHERE run = ? AND id = ?", priority, run, task);
    }

    /** By priority and directory. */
    public static List<Told> page(Transaction tx, Reviews.Tasks ask) throws SQLException {
        var state = ask.state();
        var order = " ORDER BY priority, directory, part, id LIMIT ? OFFSET ?";
        return state == null
                ? tx.query(TOLD + order, TaskRows::told, ask.run(), ask.limit(), ask.offset())
                : tx.query(
                        TOLD + " WHERE state = ?" + order,
                        TaskRows::told,
                        ask.run(),
                        Totals.word(state),
                        ask.limit(),
                        ask.offset());
    }

    public static Optional<Told> get(Transaction tx, String run, String task) throws SQLException {
        return tx.query(TOLD + " WHERE id = ?", TaskRows::told, run, task).stream()
                .findFirst();
    }

    /** All in one of two states; the same twice for one. */
    public static List<Told> in(Transaction tx, String run, TaskState one, TaskState other) throws SQLException {
        var sql = TOLD + " WHERE state IN (?, ?)";
        return tx.query(sql, TaskRows::told, run, Totals.word(one), Totals.word(other));
    }

    /** In the order of their ids. */
    public static List<Unit> units(Transaction tx, String run, String after, int limit) throws SQLException {
        return tx.query(
                "SELECT unit FROM review_tasks WHERE run = ? AND id > ? ORDER BY id LIMIT ?",
                row -> ReviewJson.read(row.getString(1), Unit.class),
                run,
                after,
                limit);
    }

    public static boolean has(Transaction tx, String run, String task) throws SQLException {
        return !tx.query("SELECT 1 FROM review_tasks WHERE run = ? AND id = ?", row -> 1, run, task)
                .isEmpty();
    }

    /** Those that have no job and of which nothing was found. */
    public static List<String> unheard(Transaction tx, String run) throws SQLException {
        var sql = "SELECT id FROM review_tasks WHERE run = ? AND job IS NULL AND sealed = 0";
        return tx.query(sql, row -> row.getString(1), run);
    }

    public static int count(Transaction tx, String run) throws SQLException {
        return tx.query("SELECT COUNT(*) FROM review_tasks WHERE run = ?", row -> row.getInt(1), run)
                .get(0);
    }

    static TaskState state(ResultSet row) throws SQLException {
        return TaskState.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
    }

    static Map<Severity, Long> counts(ResultSet row) throws SQLException {
        var counts = new EnumMap<Severity, Long>(Severity.class);
        for (var severity : Severity.values()) {
            counts.put(severity, row.getLong(severity.word()));
        }
        return counts;
    }

    static Told told(ResultSet row) throws SQLException {
        var state = state(row);
        var job = number(row, "job");
        boolean isDone = state == TaskState.DONE;
        var finished = number(row, "finished_at");
        var started = number(row, "started_at");
        var millis = number(row, "millis");
        var sealedJob = number(row, "sealed_job");
        var shown = job == null && isDone ? sealedJob : job;
        var began = isDone && finished != null && millis != null ? Long.valueOf(finished - millis) : started;
        var task = new Reviews.Task(
                row.getString("id"),
                row.getString("directory"),
                row.getInt("part"),
                row.getInt("parts"),
                row.getInt("priority"),
                row.getInt("files"),
                row.getLong("lines"),
                state,
                shown == null || shown == Owner.NO_JOB ? "" : JobIds.text(shown),
                isDone ? row.getInt("sealed_attempt") : row.getInt("attempt"),
                isDone ? row.getString("worker") : row.getString("job_worker"),
                positive(began),
                isDone ? finished : number(row, "job_finished_at"),
                counts(row).values().stream().mapToLong(each -> each).sum(),
                isDone ? null : reason(row, state));
        return new Told(task, job, row.getInt("turn"));
    }

    private static @Nullable String reason(ResultSet row, TaskState state) throws SQLException {
        var refusal = row.getString("refusal");
        var error = refusal == null ? row.getString("error") : refusal;
        return error == null && state == TaskState.FAILED ? "its job has ended and is forgotten" : error;
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : Long.valueOf(number);
    }

    /** Before the first attempt there is a zero. */
    private static @Nullable Long positive(@Nullable Long number) {
        return number == null || number <= 0 ? null : number;
    }
}
