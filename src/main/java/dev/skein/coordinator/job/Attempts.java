package dev.skein.coordinator.job;

import dev.skein.coordinator.job.JobChange.Ending;
import dev.skein.job.JobRuns.News;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.JobRuns.Stop;
import dev.skein.job.JobRuns.Verdict;
import dev.skein.job.JobRuns.What;
import dev.skein.job.Outcome;
import dev.skein.job.life.JobIds;
import dev.skein.job.life.Live;
import dev.skein.job.life.Live.Surroundings;
import dev.skein.job.life.Rules;
import dev.skein.job.queue.Stations;
import dev.skein.kernel.Problem;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What becomes of attempts: by what their runtimes say, and by what they do not say in time. */
final class Attempts {
    private static final long GRACE_MILLIS = 5_000;
    private static final long BACKSTOP_MILLIS = 10_000;

    private final JobLedger ledger;
    private final Stations stations;
    private final Leases leases;
    private final RunnerLink link;
    private final Dispatch.Terms terms;
    private final Policy policy;

    /** What decides about failures; {@code resultMax} in characters. */
    record Policy(Rules rules, RandomGenerator random, int resultMax) {}

    Attempts(JobLedger ledger, Stations stations, Leases leases, RunnerLink link, Dispatch.Terms terms, Policy policy) {
        this.ledger = ledger;
        this.stations = stations;
        this.leases = leases;
        this.link = link;
        this.terms = terms;
        this.policy = policy;
    }

    /** To be called within a step; null when the book does not know the job. */
    @Nullable
    Verdict hear(String worker, News news) {
        var live = find(news.ref());
        if (live == null) {
            return null;
        }
        if (!live.isHeldBy(news.ref().attempt()) || !worker.equals(live.worker())) {
            return Verdict.STALE_ATTEMPT;
        }
        leases.renew(live.id(), live.attempt(), ledger.now() + terms.leaseMillis());
        var said = news.progress();
        if (said != null) {
            leases.say(live.id(), said);
        }
        return news.what() == What.FINISHED ? finished(live, news) : Verdict.ACCEPTED;
    }

    private @Nullable Live find(Ref ref) {
        try {
            return ledger.book().get(JobIds.parse(ref.job()));
        } catch (Problem noId) {
            return null;
        }
    }

    private Verdict finished(Live live, News news) {
        var outcome = Objects.requireNonNullElseGet(
                news.outcome(), () -> Outcome.failed("no_outcome", "the runtime did not say how it ended", true));
        var result = news.result();
        boolean isTooLarge = result != null && result.length() > policy.resultMax;
        if (isTooLarge) {
            outcome = Outcome.failed(
                    "result_too_large",
                    "the result has " + result.length() + " characters, at most " + policy.resultMax + " are kept",
                    false);
        }
        end(live, outcome, isTooLarge ? null : result, news.log());
        return isTooLarge ? Verdict.RESULT_TOO_LARGE : Verdict.ACCEPTED;
    }

    private void end(Live live, Outcome outcome, @Nullable String result, @Nullable String log) {
        var around = new Surroundings(
                ledger.now(),
                policy.rules,
                policy.random,
                stations.memoryMax(live.traits().demand()));
        var next = live.finished(outcome, around);
        var ending = new Ending(live, ledger.now(), outcome, leases.lastOf(live.id()), result, log);
        ledger.end(next, ending);
        leases.end(live.id());
    }

    /** To be called within a step: the attempt has ended without a word of its own. */
    void lost(Live live, String code, String message) {
        end(live, Outcome.lost(code, message), null, null);
    }

    /** To be called within a step: it has waited or run for too long. */
    void late(Live live) {
        long now = ledger.now();
        if (!live.isRunning()) {
            var limit = live.isOverdue(now) ? "total" : "queue";
            var text = "it did not " + (limit.equals("total") ? "end" : "begin") + " in time";
            ledger.end(live.expired(), Ending.of(live, now, Outcome.timedOut(limit, text, false)));
        } else if (now < live.startedAt() + live.runLimit(live.startedAt()) + BACKSTOP_MILLIS) {
            ledger.book().snooze(live, now + BACKSTOP_MILLIS);
            ledger.afterwards(() -> stop(live, "timeout", "its time is over"));
        } else {
            linger(live);
            var limit = live.isOverdue(now) ? "total" : "run";
            end(live, Outcome.timedOut(limit, "it did not end in time, nor when it was told to", true), null, null);
            ledger.afterwards(() -> stop(live, "stale_attempt", "its time is over"));
        }
    }

    private void linger(Live live) {
        var station = stations.get(String.valueOf(live.worker()));
        if (station != null) {
            station.linger(ref(live), live.memory());
        }
    }

    /** Tells its runtime to end it; should that be lost, the next renewal says it again. */
    void stop(Live live, String reason, String message) {
        var station = stations.get(String.valueOf(live.worker()));
        if (station != null) {
            link.stop(
                    station.runner().node(),
                    new Stop(terms.epoch(), List.of(ending(ref(live), reason, message))));
        }
    }

    static dev.skein.job.JobRuns.Ending ending(Ref ref, String reason, String message) {
        return new dev.skein.job.JobRuns.Ending(ref, reason, message, GRACE_MILLIS);
    }

    static Ref ref(Live live) {
        return new Ref(JobIds.text(live.id()), live.attempt());
    }
}
