package dev.skein.coordinator.job.rows;

import dev.skein.job.Job;
import dev.skein.job.Job.Attempt;
import dev.skein.job.Job.Progress;
import dev.skein.job.Job.Times;
import dev.skein.job.JobSpec;
import dev.skein.job.JobState;
import dev.skein.job.Jobs.ListAll;
import dev.skein.job.Outcome;
import dev.skein.job.life.JobIds;
import dev.skein.job.life.Live;
import dev.skein.job.life.Traits;
import dev.skein.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads jobs back. */
public final class JobReads {
    private static final String LIVE_COLUMNS = "id, state, attempt, attempt_limit, memory, more_memory, cancelling,"
            + " since, due_at, started_at, worker, tried, spec, submitter";
    private static final String LIVE = "SELECT " + LIVE_COLUMNS + " FROM jobs WHERE finished_at IS NULL ORDER BY id";
    private static final String ANY = "SELECT " + LIVE_COLUMNS + " FROM jobs WHERE id = ?";
    private static final String HEAD = "id, type, state, submitter, worker, attempt, memory, created_at, due_at,"
            + " started_at, finished_at, expires_at, outcome, schedule_id, spec";
    private static final int AT_ONCE = 500;

    private JobReads() {}

    /** Every job that has not ended, the oldest first; what they have in common is held once. */
    static List<Live> live(Transaction tx) throws SQLException {
        var shared = new Shared();
        return tx.query(LIVE, row -> live(row, shared));
    }

    /** One job, ended or not. */
    public static Optional<Live> any(Transaction tx, long id) throws SQLException {
        return tx.query(ANY, row -> live(row, new Shared()), id).stream().findFirst();
    }

    /** What many jobs have in common, read once. */
    private static final class Shared {
        private static final int TEXTS_MAX = 10_000;

        private final Map<Traits, Traits> traits = new HashMap<>();
        private final Map<String, Traits> byText = new HashMap<>();

        Traits of(String spec, String submitter) {
            var text = submitter + '\n' + spec;
            var known = byText.get(text);
            if (known != null) {
                return known;
            }
            var own = Traits.of(JobJson.read(spec, JobSpec.class), submitter);
            var same = traits.computeIfAbsent(own, fresh -> fresh);
            if (byText.size() < TEXTS_MAX) {
                byText.put(text, same);
            }
            return same;
        }
    }

    private static Live live(ResultSet row, Shared shared) throws SQLException {
        return Damage.named("jobs", "job " + JobIds.text(row.getLong("id")), () -> parsed(row, shared));
    }

    private static Live parsed(ResultSet row, Shared shared) throws SQLException {
        var traits = shared.of(row.getString("spec"), row.getString("submitter"));
        return new Live(
                row.getLong("id"),
                traits,
                JobState.of(row.getString("state")),
                row.getInt("attempt"),
                row.getInt("attempt_limit"),
                row.getLong("memory"),
                row.getInt("more_memory") != 0,
                row.getInt("cancelling") != 0,
                row.getLong("since"),
                row.getLong("due_at"),
                row.getLong("started_at"),
                row.getString("worker"),
                JobJson.words(row.getString("tried")));
    }

    /** How many have ended, by type and state. */
    static Map<String, Map<JobState, Long>> ended(Transaction tx) throws SQLException {
        var counts = new HashMap<String, Map<JobState, Long>>();
        tx.query(
                "SELECT type, state, number FROM job_counts",
                row -> counts.computeIfAbsent(row.getString(1), type -> new HashMap<>())
                        .put(JobState.of(row.getString(2)), row.getLong(3)));
        return counts;
    }

    /** One job with all there is about it. */
    public static Optional<Job> job(Transaction tx, long id, boolean payload) throws SQLException {
        var attempts = tx.query(
                "SELECT * FROM job_attempts WHERE job = ? ORDER BY number DESC LIMIT " + Job.ATTEMPTS_KEPT,
                JobReads::attempt,
                id);
        var sql =
                "SELECT " + HEAD + ", progress, result, log" + (payload ? ", payload" : "") + " FROM jobs WHERE id = ?";
        return tx
                .query(
                        sql,
                        row -> Damage.named("jobs", "job " + JobIds.text(id), () -> whole(row, attempts, payload)),
                        id)
                .stream()
                .findFirst();
    }

    private static Attempt attempt(ResultSet row) throws SQLException {
        return new Attempt(
                row.getInt("number"),
                row.getString("worker"),
                Instant.ofEpochMilli(row.getLong("started_at")),
                Instant.ofEpochMilli(row.getLong("finished_at")),
                JobJson.read(row.getString("outcome"), Outcome.class));
    }

    private static Job whole(ResultSet row, List<Attempt> earlier, boolean payload) throws SQLException {
        var head = head(row);
        var finished = head.times().finishedAt();
        var started = head.times().startedAt();
        var outcome = head.outcome();
        var attempts = new ArrayList<>(earlier);
        Collections.reverse(attempts);
        boolean isKept = attempts.stream().anyMatch(attempt -> attempt.number() == head.attempt());
        if (!isKept && finished != null && started != null && outcome != null && head.worker() != null) {
            attempts.add(new Attempt(head.attempt(), head.worker(), started, finished, outcome));
        }
        return new Job(
                head.id(),
                head.state(),
                payload ? head.spec().carrying(row.getString("payload")) : head.spec(),
                head.submitter(),
                head.attempt(),
                head.worker(),
                JobJson.readOptional(row.getString("progress"), Progress.class),
                row.getString("result"),
                outcome,
                attempts.subList(Math.max(0, attempts.size() - Job.ATTEMPTS_KEPT), attempts.size()),
                row.getString("log"),
                head.memoryBytes(),
                head.scheduleId(),
                head.times());
    }

    private static Job listed(ResultSet row) throws SQLException {
        return Damage.named("jobs", "job " + JobIds.text(row.getLong("id")), () -> head(row));
    }

    private static Job head(ResultSet row) throws SQLException {
        var times = new Times(
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("due_at")),
                instant(row.getLong("started_at")),
                instant(row.getLong("finished_at")),
                instant(row.getLong("expires_at")));
        return new Job(
                JobIds.text(row.getLong("id")),
                JobState.of(row.getString("state")),
                JobJson.read(row.getString("spec"), JobSpec.class),
                row.getString("submitter"),
                row.getInt("attempt"),
                row.getString("worker"),
                null,
                null,
                JobJson.readOptional(row.getString("outcome"), Outcome.class),
                List.of(),
                null,
                row.getLong("memory"),
                row.getString("schedule_id"),
                times);
    }

    private static @Nullable Instant instant(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

    /**
     * A page, the newest first.
     *
     * @param before only ids lower than that
     */
    public static List<Job> page(Transaction tx, ListAll ask, long before) throws SQLException {
        var page = new JobPage(HEAD, ask, before);
        return tx.query(page.sql(), JobReads::listed, page.parameters());
    }

    /** What was accepted under a key. */
    public record Known(String key, long id, String fingerprint, JobState state) {}

    public static List<Known> known(Transaction tx, String submitter, List<String> keys) throws SQLException {
        var known = new ArrayList<Known>();
        for (int i = 0; i < keys.size(); i += AT_ONCE) {
            var part = keys.subList(i, Math.min(keys.size(), i + AT_ONCE));
            var parameters = new ArrayList<@Nullable Object>(List.of(submitter));
            parameters.addAll(part);
            var sql = "SELECT idempotency_key, id, fingerprint, state FROM jobs WHERE submitter = ?"
                    + " AND idempotency_key IN (" + marks(part.size()) + ")";
            known.addAll(tx.query(
                    sql,
                    row -> new Known(row.getString(1), row.getLong(2), row.getString(3), JobState.of(row.getString(4))),
                    parameters.toArray()));
        }
        return known;
    }

    /** Payloads by id. */
    public static Map<Long, String> payloads(Transaction tx, Collection<Long> ids) throws SQLException {
        var all = List.copyOf(ids);
        var payloads = new LinkedHashMap<Long, String>();
        for (int i = 0; i < all.size(); i += AT_ONCE) {
            var part = all.subList(i, Math.min(all.size(), i + AT_ONCE));
            var sql = "SELECT id, payload FROM jobs WHERE id IN (" + marks(part.size()) + ")";
            tx.query(sql, row -> payloads.put(row.getLong(1), row.getString(2)), part.toArray());
        }
        return payloads;
    }

    private static String marks(int number) {
        return "?, ".repeat(number - 1) + "?";
    }
}
