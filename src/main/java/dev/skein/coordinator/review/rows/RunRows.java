package dev.skein.coordinator.review.rows;

import dev.skein.kernel.Problem;
import dev.skein.review.Severity;
import dev.skein.review.run.ReviewParts;
import dev.skein.review.run.Reviews;
import dev.skein.review.run.Reviews.SkippedPath;
import dev.skein.review.run.Reviews.TaskState;
import dev.skein.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs as rows. */
public final class RunRows {
    private static final String INSERT = """
        INSERT INTO review_runs (id, run_key, hash, name, root, node, engine, persona, fingerprint, choice, files,
            lines, skipped, submitter, filled, cancelled, created_at, origin)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """;
    /** Only the jobs of tasks whose state they decide are looked up. */
    private static final String TOTALS = """
        SELECT state, COUNT(*) AS number, SUM(reviewed) AS reviewed, SUM(critical) AS critical, SUM(high) AS high,
            SUM(medium) AS medium, SUM(low) AS low, SUM(info) AS info, SUM(suppressed) AS suppressed
        FROM (SELECT t.*, %s AS state FROM review_tasks t
            LEFT JOIN jobs j ON j.id = CASE WHEN t.sealed < 2 AND t.refusal IS NULL THEN t.job END
            WHERE t.run = ?) AS told
        GROUP BY state\
        """.formatted(TaskRows.STATE);

    private static final String SETTLED = """
        SELECT r.id FROM review_runs r WHERE (r.filled = 1 OR r.cancelled = 1) AND r.finished_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM review_tasks t LEFT JOIN jobs j ON j.id = t.job WHERE t.run = r.id AND %s)\
        """.formatted(TaskRows.OPEN);
    private static final int ID_SHOWN = 64;
    private static final String RUNS = "SELECT COUNT(*) FROM review_runs";

    private RunRows() {}

    public static boolean insert(Transaction tx, Run run) throws SQLException {
        int rows = tx.update(
                INSERT,
                run.id(),
                run.key(),
                run.hash(),
                clean(run.name()),
                clean(run.root()),
                run.node(),
                run.choice().engine(),
                run.persona(),
                run.fingerprint(),
                ReviewJson.text(run.choice()),
                run.files(),
                run.lines(),
                ReviewJson.text(run.skipped()),
                run.submitter(),
                run.filled() ? 1 : 0,
                run.cancelled() ? 1 : 0,
                run.createdAt(),
                ReviewJson.text(run.origin()));
        return rows == 1;
    }

    /** Notes what is not reviewed; of too much the first. */
    public static int skipped(Transaction tx, String run, List<SkippedPath> paths) throws SQLException {
        var first = paths.subList(0, Math.min(paths.size(), ReviewParts.SKIPPED_MAX));
        return tx.update("INSERT INTO review_skipped (run, paths) VALUES (?, ?)", run, ReviewJson.text(first));
    }

    /** Empty for a run of an older version. */
    public static List<SkippedPath> skipped(Transaction tx, String run) throws SQLException {
        var sql = "SELECT paths FROM review_skipped WHERE run = ?";
        return tx.query(sql, row -> List.of(ReviewJson.read(row.getString(1), SkippedPath[].class)), run).stream()
                .findFirst()
                .orElse(List.of());
    }

    /** Without the one character that not every store takes. */
    static String clean(String text) {
        return text.replace('\0', '\uFFFD');
    }

    public static Optional<Run> get(Transaction tx, String id) throws SQLException {
        return tx.query("SELECT * FROM review_runs WHERE id = ?", RunRows::run, id).stream()
                .findFirst();
    }

    /** One that must be there. */
    public static Run known(Transaction tx, String id) throws SQLException {
        return get(tx, id).orElseThrow(() -> missing(id));
    }

    private static Problem missing(String id) {
        var shown = id.length() > ID_SHOWN ? id.substring(0, ID_SHOWN) + "…" : id;
        return Problem.notFound("review_not_found", "no review " + shown);
    }

    /** The newest with this key and content. */
    public static Optional<Run> same(Transaction tx, String key, String hash) throws SQLException {
        var sql = "SELECT * FROM review_runs WHERE run_key = ? AND hash = ? ORDER BY created_at DESC, id LIMIT 1";
        return tx.query(sql, RunRows::run, key, hash).stream().findFirst();
    }

    /** The newest first. */
    public static List<Run> page(Transaction tx, int limit, int offset) throws SQLException {
        var sql = "SELECT * FROM review_runs ORDER BY created_at DESC, id LIMIT ? OFFSET ?";
        return tx.query(sql, RunRows::run, limit, offset);
    }

    /** Ids of those that get no more units, and are not known to have ended though nothing is to be done for them. */
    public static List<String> settled(Transaction tx) throws SQLException {
        return tx.query(SETTLED, row -> row.getString("id"));
    }

    /** The oldest of those that have ended, or that were begun long ago and never got all their units. */
    public static List<Run> oldest(Transaction tx, int limit) throws SQLException {
        var sql = "SELECT * FROM review_runs WHERE finished_at IS NOT NULL OR filled = 0 ORDER BY created_at LIMIT ?";
        return tx.query(sql, RunRows::run, limit);
    }

    /** Ids of those of them that were begun before, the oldest first. */
    public static List<String> expired(Transaction tx, long before, int limit) throws SQLException {
        var sql = "SELECT id FROM review_runs WHERE created_at < ? AND (finished_at IS NOT NULL OR filled = 0)"
                + " ORDER BY created_at LIMIT ?";
        return tx.query(sql, row -> row.getString("id"), before, limit);
    }

    /** All of one code base. */
    public static List<Run> ofBase(Transaction tx, String name) throws SQLException {
        return tx.query("SELECT * FROM review_runs WHERE name = ?", RunRows::run, name);
    }

    public static int count(Transaction tx) throws SQLException {
        return tx.query(RUNS, row -> row.getInt(1)).get(0);
    }

    public static Totals totals(Transaction tx, String run) throws SQLException {
        var states = new EnumMap<TaskState, Integer>(TaskState.class);
        var findings = new EnumMap<Severity, Long>(Severity.class);
        long[] sums = new long[2];
        tx.query(
                TOTALS,
                row -> {
                    states.put(TaskRows.state(row), row.getInt("number"));
                    TaskRows.counts(row).forEach((severity, count) -> findings.merge(severity, count, Long::sum));
                    sums[0] += row.getLong("reviewed");
                    sums[1] += row.getLong("suppressed");
                    return row.getInt("number");
                },
                run);
        return new Totals(states, sums[0], findings, sums[1]);
    }

    public static int filled(Transaction tx, String run) throws SQLException {
        return tx.update("UPDATE review_runs SET filled = 1 WHERE id = ?", run);
    }

    public static int cancelled(Transaction tx, String run, boolean isCancelled) throws SQLException {
        return tx.update("UPDATE review_runs SET cancelled = ? WHERE id = ?", isCancelled ? 1 : 0, run);
    }

    /** @param at null: it runs again */
    public static int finished(Transaction tx, String run, @Nullable Long at) throws SQLException {
        return at == null
                ? tx.update("UPDATE review_runs SET finished_at = NULL WHERE id = ?", run)
                : tx.update("UPDATE review_runs SET finished_at = ? WHERE id = ?", at, run);
    }

    public static int delete(Transaction tx, String run) throws SQLException {
        tx.update("DELETE FROM review_skipped WHERE run = ?", run);
        return tx.update("DELETE FROM review_runs WHERE id = ?", run);
    }

    private static Run run(ResultSet row) throws SQLException {
        long finished = row.getLong("finished_at");
        var finishedAt = row.wasNull() ? null : finished;
        var origin = row.getString("origin");
        return new Run(
                row.getString("id"),
                row.getString("run_key"),
                row.getString("hash"),
                row.getString("name"),
                row.getString("root"),
                row.getString("node"),
                origin == null ? Reviews.Origin.NONE : ReviewJson.read(origin, Reviews.Origin.class),
                ReviewJson.read(row.getString("choice"), Reviews.Choice.class),
                row.getString("persona"),
                row.getString("fingerprint"),
                row.getInt("files"),
                row.getLong("lines"),
                ReviewJson.numbers(row.getString("skipped")),
                row.getString("submitter"),
                row.getInt("filled") == 1,
                row.getInt("cancelled") == 1,
                row.getLong("created_at"),
                finishedAt);
    }
}
