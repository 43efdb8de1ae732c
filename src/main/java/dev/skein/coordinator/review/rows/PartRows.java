package dev.skein.coordinator.review.rows;

import dev.skein.job.life.JobIds;
import dev.skein.review.run.ReviewParts.Attempt;
import dev.skein.store.Transaction;
import java.sql.SQLException;
import java.util.List;

/** Parts of findings as rows. */
public final class PartRows {
    private static final String INSERT = """
        INSERT INTO review_parts (run, task, job, attempt, number, findings, lines) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING\
        """;
    private static final String NOT_SEALED = """
        \sAND NOT EXISTS (SELECT 1 FROM review_tasks t WHERE t.run = review_parts.run AND t.id = review_parts.task
            AND t.sealed > 0 AND t.sealed_job = review_parts.job AND t.sealed_attempt = review_parts.attempt)\
        """;
    private static final String OTHERS =
            "DELETE FROM review_parts WHERE run = ? AND task = ? AND NOT (job = ? AND attempt = ?)" + NOT_SEALED;
    private static final String UNSEALED =
            "DELETE FROM review_parts WHERE run = ? AND task = ? AND job = ? AND attempt = ?" + NOT_SEALED;
    private static final String COPY = """
        INSERT INTO review_parts (run, task, job, attempt, number, findings, lines)
        SELECT ?, task, job, attempt, number, findings, lines FROM review_parts
        WHERE run = ? AND task = ? AND job = ? AND attempt = ?\
        """;
    /** From one run to the next, however many tasks each has. */
    private static final String ORPHANS = """
        WITH RECURSIVE known (run) AS (SELECT MIN(run) FROM review_tasks UNION ALL
            SELECT (SELECT MIN(t.run) FROM review_tasks t WHERE t.run > known.run) FROM known
            WHERE known.run IS NOT NULL)
        SELECT run FROM known WHERE run IS NOT NULL AND run NOT IN (SELECT id FROM review_runs) LIMIT ?\
        """;

    private static final String OF_ATTEMPT =
            " FROM review_parts WHERE run = ? AND task = ? AND job = ? AND attempt = ?";

    private PartRows() {}

    /** Whose parts they are. */
    public record Owner(String run, String task, long job, int attempt) {
        /** In the place of the job where none did it. */
        public static final long NO_JOB = 0;

        public static Owner of(Attempt attempt) {
            long job = attempt.job().isEmpty() ? NO_JOB : JobIds.parse(attempt.job());
            return new Owner(attempt.run(), attempt.task(), job, attempt.number());
        }
    }

    /** @param lines of JSON, compressed and in base 64 */
    public record Kept(int number, int findings, String lines) {}

    public static boolean insert(Transaction tx, Owner owner, Kept part) throws SQLException {
        int rows = tx.update(
                INSERT, owner.run, owner.task, owner.job, owner.attempt, part.number, part.findings, part.lines);
        return rows == 1;
    }

    /** Those of attempts that will never count, now that this one is under way. */
    public static int deleteOthers(Transaction tx, Owner owner) throws SQLException {
        return tx.update(OTHERS, owner.run, owner.task, owner.job, owner.attempt);
    }

    /** Those that it sent before and never sealed. */
    public static int deleteUnsealed(Transaction tx, Owner owner) throws SQLException {
        return tx.update(UNSEALED, owner.run, owner.task, owner.job, owner.attempt);
    }

    public static int count(Transaction tx, Owner owner) throws SQLException {
        return tx.query(
                        "SELECT COUNT(*)" + OF_ATTEMPT,
                        row -> row.getInt(1),
                        owner.run,
                        owner.task,
                        owner.job,
                        owner.attempt)
                .get(0);
    }

    /** From this number on. */
    public static List<Kept> from(Transaction tx, Owner owner, int number, int limit) throws SQLException {
        return tx.query(
                "SELECT number, findings, lines" + OF_ATTEMPT + " AND number >= ? ORDER BY number LIMIT ?",
                row -> new Kept(row.getInt(1), row.getInt(2), row.getString(3)),
                owner.run,
                owner.task,
                owner.job,
                owner.attempt,
                number,
                limit);
    }

    /** For another run that has the same task. */
    public static int copy(Transaction tx, Owner from, String run) throws SQLException {
        return tx.update(COPY, run, from.run, from.task, from.job, from.attempt);
    }

    /** Some of the runs that are not there any more, but tasks of them are. */
    public static List<String> orphans(Transaction tx, int limit) throws SQLException {
        return tx.query(ORPHANS, row -> row.getString(1), limit);
    }

    /** Removes some tasks of runs that are not there any more, with their parts; tells how many. */
    public static int sweep(Transaction tx, int limit) throws SQLException {
        int swept = 0;
        for (var run : orphans(tx, limit)) {
            swept += sweep(tx, run, limit - swept);
        }
        return swept;
    }

    private static int sweep(Transaction tx, String run, int limit) throws SQLException {
        var tasks = tx.query("SELECT id FROM review_tasks WHERE run = ? LIMIT ?", row -> row.getString(1), run, limit);
        for (var task : tasks) {
            tx.update("DELETE FROM review_parts WHERE run = ? AND task = ?", run, task);
            tx.update("DELETE FROM review_tasks WHERE run = ? AND id = ?", run, task);
        }
        return tasks.size();
    }
}
