package dev.skein.coordinator.review.rows;

import dev.skein.review.run.Reviews.Task;
import dev.skein.review.scope.Unit;
import dev.skein.store.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is happening in a run, from the rows of its tasks. */
public final class WatchRows {
    private static final String DONE_BY = """
        SELECT worker, COUNT(*) AS number FROM review_tasks
        WHERE run = ? AND sealed = 2 AND job IS NOT NULL AND worker IS NOT NULL GROUP BY worker\
        """;

    private WatchRows() {}

    /** Those that run longest. */
    public static List<Task> running(Transaction tx, String run, int limit) throws SQLException {
        return tasks(tx, "state = 'running' ORDER BY started_at, id", run, limit);
    }

    public static List<Task> failed(Transaction tx, String run, int limit) throws SQLException {
        return tasks(tx, "state = 'failed' ORDER BY directory, part, id", run, limit);
    }

    /** In the order in which they will be begun. */
    public static List<Task> next(Transaction tx, String run, int limit) throws SQLException {
        return tasks(tx, "state = 'pending' ORDER BY priority, directory, part, id", run, limit);
    }

    /** Those that were done last, the latest first. */
    public static List<Task> recent(Transaction tx, String run, int limit) throws SQLException {
        return tasks(tx, "state = 'done' ORDER BY finished_at DESC, id", run, limit);
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
