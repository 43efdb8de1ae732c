package dev.skein.coordinator.review.rows;

import dev.skein.review.progress.Pace;
import dev.skein.review.run.Reviews.Task;
import dev.skein.review.scope.Unit;
import dev.skein.store.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is happening in a run, from the rows of its tasks. */
public final class WatchRows {
    private static final String OPEN = "sealed < 2 AND refusal IS NULL AND ";
    private static final String RUNNING =
            OPEN + "state = 'running' AND job IN (SELECT id FROM jobs WHERE state = 'running') ";
    private static final String MEASURED = """
        SELECT worker, lines, millis FROM review_tasks WHERE run = ? AND sealed = 2 AND millis > 0 AND job IS NOT NULL
        ORDER BY finished_at DESC, id LIMIT ?\
        """;
    private static final String DONE_BY = """
        SELECT worker, COUNT(*) AS number FROM review_tasks
        WHERE run = ? AND sealed = 2 AND job IS NOT NULL AND worker IS NOT NULL GROUP BY worker\
        """;

    private static final String WAITING = """
        SELECT priority, size, COUNT(*) AS tasks, SUM(lines) AS lines
        FROM (SELECT t.priority, t.lines, CASE %s ELSE %d END AS size
            FROM review_tasks t LEFT JOIN jobs j ON j.id = t.job
            WHERE t.run = ? AND %s AND (j.state IS NULL OR j.state <> 'running')) AS waiting
        GROUP BY priority, size ORDER BY priority, size\
        """.formatted(sizes(), Pace.BOUNDS.size(), TaskRows.OPEN);

    private WatchRows() {}

    /** Pending tasks of one urgency and of like size. */
    public record Waiting(int priority, int tasks, long lines) {}

    /** A task that was done, in so many milliseconds of which there is at least one. */
    public record Measured(String worker, long lines, long millis) {}

    /** Those that were done last, the latest first; what was taken over from elsewhere tells nothing of this run. */
    public static List<Measured> measured(Transaction tx, String run, int limit) throws SQLException {
        return tx.query(
                MEASURED,
                row -> new Measured(row.getString("worker"), row.getLong("lines"), row.getLong("millis")),
                run,
                limit);
    }

    private static String sizes() {
        return IntStream.range(0, Pace.BOUNDS.size())
                .mapToObj(i -> "WHEN t.lines < %d THEN %d".formatted(Pace.BOUNDS.get(i), i))
                .collect(Collectors.joining(" "));
    }

    /** The most urgent first, of these the smallest. */
    public static List<Waiting> waiting(Transaction tx, String run) throws SQLException {
        return tx.query(
                WAITING, row -> new Waiting(row.getInt("priority"), row.getInt("tasks"), row.getLong("lines")), run);
    }

    /** Those that run longest. */
    public static List<Task> running(Transaction tx, String run, int limit) throws SQLException {
        return tasks(tx, RUNNING + "ORDER BY started_at, id", run, limit);
    }

    public static List<Task> failed(Transaction tx, String run, int limit) throws SQLException {
        return tasks(tx, "state = 'failed' ORDER BY directory, part, id", run, limit);
    }

    /** In the order in which they will be begun. */
    public static List<Task> next(Transaction tx, String run, int limit) throws SQLException {
        return tasks(tx, OPEN + "state = 'pending' ORDER BY priority, directory, part, id", run, limit);
    }

    /** Those that were done last, the latest first. */
    public static List<Task> recent(Transaction tx, String run, int limit) throws SQLException {
        return tasks(tx, "sealed = 2 ORDER BY finished_at DESC, id", run, limit);
    }

    private static List<Task> tasks(Transaction tx, String which, String run, int limit) throws SQLException {
        return tx.query(TaskRows.TOLD + " WHERE " + which + " LIMIT ?", TaskRows::told, run, limit).stream()
                .map(TaskRows.Told::task)
                .toList();
    }

    /** How many tasks each worker has done; those that were taken over from an earlier run were done by nobody here. */
    public static Map<String, Integer> doneBy(Transaction tx, String run) throws SQLException {
        var byWorker = new TreeMap<String, Integer>();
        tx.query(DONE_BY, row -> byWorker.put(row.getString("worker"), row.getInt("number")), run);
        return byWorker;
    }

    /** The units of one directory. */
    public static List<Unit> units(Transaction tx, String run, String directory) throws SQLException {
        return tx.query(
                "SELECT unit FROM review_tasks WHERE run = ? AND directory = ? ORDER BY part",
                row -> ReviewJson.read(row.getString(1), Unit.class),
                run,
                directory);
    }
}
