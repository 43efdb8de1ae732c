package dev.skein.job.life;

import dev.skein.job.JobState;
import dev.skein.job.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A job that has not ended, or has just. Immutable; times are milliseconds since 1970.
 *
 * @param attempt number of the latest attempt; only what bears it changes the job
 * @param attemptLimit number of the last attempt that may be made
 * @param memory bytes reserved for an attempt
 * @param moreMemory whether it was given more since it ran short
 * @param cancelling whether it runs but was told to end
 * @param since when it was accepted, or begun anew by a person
 * @param dueAt when it may run
 * @param startedAt of the latest attempt; 0 before the first
 * @param worker that has it or had it last; null before the first attempt
 * @param tried workers that failed at it since then
 */
public record Live(
        long id,
        Traits traits,
        JobState state,
        int attempt,
        int attemptLimit,
        long memory,
        boolean moreMemory,
        boolean cancelling,
        long since,
        long dueAt,
        long startedAt,
        @Nullable String worker,
        List<String> tried) {
    private static final int TRIED_MAX = 8;

    /** What is around when an attempt ends. */
    public record Surroundings(long now, Rules rules, RandomGenerator random, long memoryMax) {}

    /** When it was accepted, and how long after that it may begin; milliseconds. */
    public record Entry(long now, long delayMillis) {}

    /** One that was just accepted. */
    public static Live accepted(long id, Traits traits, long memory, Entry entry) {
        return new Live(
                id,
                traits,
                JobState.QUEUED,
                0,
                traits.attemptsMax(),
                memory,
                false,
                false,
                entry.now,
                entry.now + entry.delayMillis,
                0,
                null,
                List.of());
    }

    public boolean isWaiting() {
        return state == JobState.QUEUED || state == JobState.RETRYING;
    }

    public boolean isRunning() {
        return state == JobState.RUNNING;
    }

    /** Whether this attempt has the job. */
    public boolean isHeldBy(int someAttempt) {
        return isRunning() && attempt == someAttempt;
    }

    /** A worker takes it: the next attempt begins. */
    public Live claimed(String by, long now) {
        Event.CLAIM.check(state);
        return new Live(
                id,
                traits,
                JobState.RUNNING,
                attempt + 1,
                attemptLimit,
                memory,
                moreMemory,
                false,
                since,
                dueAt,
                now,
                by,
                tried);
    }

    /** The attempt never began; it does not count. */
    public Live notBegun(long now, long pauseMillis) {
        Event.NOT_BEGUN.check(state);
        if (cancelling) {
            return to(JobState.CANCELLED);
        }
        return new Live(
                id,
                traits,
                JobState.RETRYING,
                attempt,
                attemptLimit + 1,
                memory,
                moreMemory,
                false,
                since,
                now + pauseMillis,
                startedAt,
                worker,
                tried);
    }

    /** The attempt that has it has ended. */
    public Live finished(Outcome outcome, Surroundings around) {
        Event.FINISH.check(state);
        if (outcome.isSuccess()) {
            return to(JobState.SUCCEEDED);
        }
        if (cancelling || outcome.kind() == Outcome.Kind.CANCELLED) {
            return to(JobState.CANCELLED);
        }
        if (outcome.kind() == Outcome.Kind.OOM_KILLED && memory > 0) {
            return shortOfMemory(around);
        }
        if (!outcome.retryable() || isOverdue(around.now())) {
            return to(JobState.FAILED);
        }
        return attempt >= attemptLimit ? to(JobState.DEAD) : again(outcome, around);
    }

    private Live shortOfMemory(Surroundings around) {
        long more = Rules.more(memory);
        if (moreMemory || more > around.memoryMax()) {
            return to(JobState.PARKED);
        }
        return retrying(around.now(), more, attemptLimit + 1);
    }

    private Live again(Outcome outcome, Surroundings around) {
        long pause = outcome.kind() == Outcome.Kind.LOST
                ? 0
                : around.rules().backOff(Math.max(1, tried.size() + 1), around.random());
        return retrying(around.now() + pause, memory, attemptLimit);
    }

    private Live retrying(long due, long bytes, int limit) {
        var workers = new ArrayList<>(tried);
        if (worker != null && !workers.contains(worker)) {
            workers.add(worker);
        }
        var latest = workers.subList(Math.max(0, workers.size() - TRIED_MAX), workers.size());
        return new Live(
                id,
                traits,
                JobState.RETRYING,
                attempt,
                limit,
                bytes,
                moreMemory || bytes != memory,
                false,
                since,
                due,
                startedAt,
                worker,
                List.copyOf(latest));
    }

    /** Somebody does not want it any more; what runs is only told so. */
    public Live cancelled() {
        Event.CANCEL.check(state);
        return isRunning()
                ? new Live(
                        id,
                        traits,
                        state,
                        attempt,
                        attemptLimit,
                        memory,
                        moreMemory,
                        true,
                        since,
                        dueAt,
                        startedAt,
                        worker,
                        tried)
                : to(JobState.CANCELLED);
    }

    /** Somebody sets it aside. */
    public Live parked() {
        Event.PARK.check(state);
        return to(JobState.PARKED);
    }

    /** It has waited for too long. */
    public Live expired() {
        Event.EXPIRE.check(state);
        return to(JobState.FAILED);
    }

    /** Somebody wants it to be begun anew. */
    public Live retried(long now) {
        Event.RETRY.check(state);
        return new Live(
                id,
                traits,
                JobState.QUEUED,
                attempt,
                attempt + traits.attemptsMax(),
                memory,
                false,
                false,
                now,
                now,
                startedAt,
                worker,
                List.of());
    }

    private Live to(JobState next) {
        return new Live(
                id,
                traits,
                next,
                attempt,
                attemptLimit,
                memory,
                moreMemory,
                cancelling,
                since,
                dueAt,
                startedAt,
                worker,
                tried);
    }

    /** Whether its time in all is over. */
    public boolean isOverdue(long now) {
        return traits.totalMillis() > 0 && now >= since + traits.totalMillis();
    }

    /** Whether it has waited for its first attempt for too long, or its time in all is over. */
    public boolean isExpired(long now) {
        return isWaiting()
                && (isOverdue(now)
                        || state == JobState.QUEUED && traits.queueMillis() > 0 && now >= since + traits.queueMillis());
    }

    /** How long the attempt that begins may run, in milliseconds; 0 without limit. */
    public long runLimit(long now) {
        long total = traits.totalMillis() == 0 ? 0 : Math.max(1, since + traits.totalMillis() - now);
        return total == 0 || traits.runMillis() == 0
                ? Math.max(total, traits.runMillis())
                : Math.min(total, traits.runMillis());
    }

    /** When somebody must look at it next, should nothing happen before; {@link Long#MAX_VALUE} for never. */
    public long alarmAt(long now) {
        if (isRunning()) {
            long limit = runLimit(startedAt);
            return limit == 0 ? Long.MAX_VALUE : startedAt + limit;
        }
        if (!isWaiting()) {
            return Long.MAX_VALUE;
        }
        long at = dueAt > now ? dueAt : Long.MAX_VALUE;
        if (state == JobState.QUEUED && traits.queueMillis() > 0) {
            at = Math.min(at, since + traits.queueMillis());
        }
        return traits.totalMillis() > 0 ? Math.min(at, since + traits.totalMillis()) : at;
    }
}
