package dev.skein.coordinator.review.rows;

import dev.skein.coordinator.review.rows.PartRows.Owner;
import dev.skein.review.Gap;
import dev.skein.review.Severity;
import dev.skein.review.run.ReviewParts.MissedLines;
import dev.skein.review.run.ReviewParts.Seal;
import dev.skein.review.run.ReviewParts.Summary;
import dev.skein.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was sealed, in the rows of tasks. */
public final class SealRows {
    private static final String COUNTS = "critical = ?, high = ?, medium = ?, low = ?, info = ?, suppressed = ?";
    private static final String SEAL = """
        UPDATE review_tasks SET sealed = ?, sealed_job = ?, sealed_attempt = ?, worker = ?, millis = ?, finished_at = ?,
            fingerprint = ?, summary = ?, reviewed = ?, %s
        WHERE run = ? AND id = ? AND COALESCE(job, 0) = ? AND (sealed = 0 OR (sealed = 1 AND (? = 2 OR reviewed <= ?)))\
        """.formatted(COUNTS);
    private static final String SAME = """
        SELECT t.run, t.id, t.sealed_job, t.sealed_attempt FROM review_tasks t JOIN review_runs r ON r.id = t.run
        WHERE t.hash = ? AND t.sealed = 2 AND t.fingerprint = ? AND t.reviewed = t.lines AND r.name = ? AND t.id = ?
            AND t.run <> ? LIMIT 1\
        """;
    private static final String TAKE = """
        UPDATE review_tasks SET sealed = 2, millis = 0, finished_at = ?,
            (sealed_job, sealed_attempt, worker, fingerprint, summary, reviewed, critical, high, medium, low, info,
                suppressed) = (SELECT s.sealed_job, s.sealed_attempt, s.worker, s.fingerprint, s.summary, s.reviewed,
                s.critical, s.high, s.medium, s.low, s.info, s.suppressed FROM review_tasks s
                WHERE s.run = ? AND s.id = ?)
        WHERE run = ? AND id = ?\
        """;
    private static final String SEALED = """
        SELECT run, id, directory, part, sealed_job, sealed_attempt, summary FROM review_tasks
        WHERE run = ? AND sealed > 0\
        """;

    private static final String UNSEEN =
            "SELECT id, summary FROM review_tasks WHERE run = ? AND sealed = 2 AND reviewed < lines";

    private static final String KEPT =
            "SELECT hash, fingerprint, summary, reviewed FROM review_tasks WHERE run = ? AND id = ? AND sealed = 2";

    private SealRows() {}

    /** What a task is about. */
    public record Content(String task, String hash) {}

    /** A task of which something was found, perhaps nothing. */
    public record Sealed(Owner owner, String directory, int part, String summary) {}

    /** What is known of one that is done, beside its findings. */
    public record Kept(String hash, String fingerprint, String summary, long reviewed) {}

    public static Optional<Kept> kept(Transaction tx, String run, String task) throws SQLException {
        return tx
                .query(
                        KEPT,
                        row -> new Kept(
                                row.getString("hash"),
                                row.getString("fingerprint"),
                                row.getString("summary"),
                                row.getLong("reviewed")),
                        run,
                        task)
                .stream()
                .findFirst();
    }

    /** Ids of those that are done although files were not as they had been, so that another try may see them. */
    public static List<String> changed(Transaction tx, String run) throws SQLException {
        var changed = new ArrayList<String>();
        tx.query(
                UNSEEN,
                row -> hasChanged(ReviewJson.read(row.getString("summary"), Summary.class))
                        && changed.add(row.getString("id")),
                run);
        return changed;
    }

    private static boolean hasChanged(Summary summary) {
        return summary.gaps().stream()
                .map(gap -> ReviewJson.read(gap, MissedLines.class).gap())
                .anyMatch(gap -> gap.reason() == Gap.Reason.CHANGED);
    }

    /** To be given to another job; what is known of it counts until that has ended. */
    public static int opened(Transaction tx, String run, String task) throws SQLException {
        tx.update("UPDATE review_tasks SET sealed = 1 WHERE run = ? AND id = ? AND sealed = 2", run, task);
        return TaskRows.begunAnew(tx, run, task);
    }

    /** False when another attempt was first, or saw more of files that have changed meanwhile. */
    public static boolean seal(Transaction tx, Seal seal, Counts counts, long now) throws SQLException {
        var owner = Owner.of(seal.attempt());
        int level = seal.isWhole() ? 2 : 1;
        int rank = hasChanged(seal.summary()) ? 1 : level;
        int rows = tx.update(
                SEAL,
                level,
                owner.job(),
                owner.attempt(),
                RunRows.clean(seal.worker()),
                seal.millis(),
                now,
                RunRows.clean(seal.fingerprint()),
                ReviewJson.text(seal.summary()),
                seal.reviewed(),
                counts.of(Severity.CRITICAL),
                counts.of(Severity.HIGH),
                counts.of(Severity.MEDIUM),
                counts.of(Severity.LOW),
                counts.of(Severity.INFO),
                counts.suppressed(),
                owner.run(),
                owner.task(),
                owner.job(),
                rank,
                seal.reviewed());
        return rows == 1 || isOf(tx, owner);
    }

    /** Whether it is this attempt that counts. */
    private static boolean isOf(Transaction tx, Owner owner) throws SQLException {
        return get(tx, owner.run(), owner.task())
                .filter(counted -> counted.owner.equals(owner))
                .isPresent();
    }

    public static int count(Transaction tx, Owner owner, Counts counts) throws SQLException {
        return tx.update(
                "UPDATE review_tasks SET " + COUNTS
                        + " WHERE run = ? AND id = ? AND sealed_job = ? AND sealed_attempt = ?",
                counts.of(Severity.CRITICAL),
                counts.of(Severity.HIGH),
                counts.of(Severity.MEDIUM),
                counts.of(Severity.LOW),
                counts.of(Severity.INFO),
                counts.suppressed(),
                owner.run(),
                owner.task(),
                owner.job(),
                owner.attempt());
    }

    /** Takes over what an earlier run of the code base found in the same unit; false when there is none. */
    public static boolean takeOver(Transaction tx, Run run, Content content, long now) throws SQLException {
        var found =
                tx.query(SAME, SealRows::owner, content.hash, run.fingerprint(), run.name(), content.task, run.id());
        for (var owner : found) {
            PartRows.copy(tx, owner, run.id());
            tx.update(TAKE, now, owner.run(), owner.task(), run.id(), content.task);
        }
        return !found.isEmpty();
    }

    public static Optional<Sealed> get(Transaction tx, String run, String task) throws SQLException {
        return tx.query(SEALED + " AND id = ?", SealRows::task, run, task).stream()
                .findFirst();
    }

    /** By directory and part. */
    public static List<Sealed> first(Transaction tx, String run, int limit) throws SQLException {
        return first(tx, run, Sought.ANY, limit);
    }

    /** Of these only those that may have what is sought. */
    public static List<Sealed> first(Transaction tx, String run, Sought sought, int limit) throws SQLException {
        return tx.query(
                SEALED + sought.condition() + " ORDER BY directory, part, id LIMIT ?", SealRows::task, run, limit);
    }

    /** Those after one of them. */
    public static List<Sealed> after(Transaction tx, Sealed last, int limit) throws SQLException {
        return after(tx, last, Sought.ANY, limit);
    }

    /** Of these only those that may have what is sought. */
    public static List<Sealed> after(Transaction tx, Sealed last, Sought sought, int limit) throws SQLException {
        return tx.query(
                SEALED + sought.condition()
                        + " AND (directory, part, id) > (?, ?, ?) ORDER BY directory, part, id LIMIT ?",
                SealRows::task,
                last.owner.run(),
                last.directory,
                last.part,
                last.owner.task(),
                limit);
    }

    private static Sealed task(ResultSet row) throws SQLException {
        return new Sealed(owner(row), row.getString("directory"), row.getInt("part"), row.getString("summary"));
    }

    private static Owner owner(ResultSet row) throws SQLException {
        return new Owner(
                row.getString("run"), row.getString("id"), row.getLong("sealed_job"), row.getInt("sealed_attempt"));
    }
}
