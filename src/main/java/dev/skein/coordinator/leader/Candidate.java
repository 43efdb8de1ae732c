package dev.skein.coordinator.leader;

import dev.skein.coordinator.leader.Election.Effect;
import dev.skein.coordinator.leader.Election.Ended;
import dev.skein.coordinator.leader.Election.Following;
import dev.skein.coordinator.leader.Election.Lead;
import dev.skein.coordinator.leader.Election.Release;
import dev.skein.coordinator.leader.Election.Renew;
import dev.skein.coordinator.leader.Election.State;
import dev.skein.coordinator.leader.Election.Step;
import dev.skein.coordinator.leader.Election.StepDown;
import dev.skein.coordinator.leader.Election.Take;
import dev.skein.kernel.Problem;
import dev.skein.store.Store;
import dev.skein.store.Store.Session;
import dev.skein.store.Store.Work;
import dev.skein.store.lease.Lease;
import dev.skein.store.lease.Lease.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One candidate's thread: it alone asks about the lease, over a connection of its own, so that neither a busy event
 * loop nor a long commit can cost it. Everything else may only read its state.
 */
final class Candidate implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Candidate.class);
    private static final int NEWS_MAX = 64;

    /** Who is told; called on the candidate's thread, must not block. */
    interface Office {
        void lead(long epoch);

        void stepDown(long epoch, String why);

        /** The store was asked for the first time and another leads, or it did not answer. */
        void follow();
    }

    private final Election election;
    private final Lease lease;
    private final Session session;
    private final Office office;
    private final InstantSource clock;
    private final ArrayBlockingQueue<UnaryOperator<Step>> news = new ArrayBlockingQueue<>(NEWS_MAX);
    private final Thread thread = new Thread(this, "skein-leader");
    private volatile State state; // written by the thread alone
    private boolean isSilent; // the thread's own: the store did not answer the last time

    Candidate(Store store, LeaderConfig config, String self, InstantSource clock, Office office) {
        this.election = new Election(config, self);
        this.lease = new Lease(store.dialect(), self, config.lease());
        this.session = store.session(config.answerDeadline());
        this.office = office;
        this.clock = clock;
        this.state = election.start(clock.instant());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Whether that epoch lasts, by this process's clock; on any thread. */
    boolean holds(long epoch) {
        return Election.holds(state, epoch, clock.instant());
    }

    /** Who is known to lead, {@code node@incarnation}; empty when nobody is or this one does. */
    String leader() {
        return state instanceof Following following ? following.leader() : "";
    }

    /** Makes it give up that epoch. */
    void doubt(long epoch, String why) {
        tell(step -> election.doubted(step.state(), epoch, why, clock.instant()));
    }

    /** Gives the lease back and ends the thread; blocks until that is done or the time is over. */
    void stop(Duration longest) throws InterruptedException {
        tell(step -> election.stopped(step.state()));
        thread.join(longest.toMillis());
    }

    private void tell(UnaryOperator<Step> event) {
        if (!news.offer(event)) {
            log.debug("the candidate has more news than it can take"); // the same news, many times over
        }
    }

    @Override
    public void run() {
        try {
            while (!(state instanceof Ended)) {
                var event = news.poll(waitMillis(), TimeUnit.MILLISECONDS);
                take(event == null ? election.woken(state, clock.instant()) : event.apply(Step.to(state)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            session.close();
        }
    }

    private long waitMillis() {
        return Math.max(0, Duration.between(clock.instant(), state.wakeAt()).toMillis());
    }

    private void take(Step step) {
        state = step.state();
        step.effects().forEach(this::carryOut);
    }

    private void carryOut(Effect effect) {
        if (effect instanceof Take take) {
            ask(tx -> lease.take(tx, take.reclaim()));
        } else if (effect instanceof Renew renew) {
            ask(tx -> lease.renew(tx, renew.epoch()));
        } else if (effect instanceof Release release) {
            release(release.epoch());
        } else if (effect instanceof Lead lead) {
            log.info("leads in epoch {}", lead.epoch());
            office.lead(lead.epoch());
        } else if (effect instanceof StepDown down) {
            log.warn("leads no more in epoch {}: {}", down.epoch(), down.why());
            office.stepDown(down.epoch(), down.why());
        }
    }

    private void ask(Work<Row> question) {
        var asked = clock.instant();
        try {
            var row = session.run(question);
            isSilent = false;
            answered(asked, row);
        } catch (Problem silent) {
            if (!isSilent) {
                log.warn("the lease cannot be asked for: {}", silent.sentence());
            }
            isSilent = true;
            take(election.unanswered(state, clock.instant()));
        }
        if (state instanceof Following) {
            office.follow();
        }
    }

    private void answered(Instant asked, Row row) {
        var before = leader();
        take(election.answered(state, asked, row, clock.instant()));
        if (state instanceof Following following && !following.leader().equals(before)) {
            log.info("{} leads in epoch {}", following.leader().isEmpty() ? "nobody" : following.leader(), row.epoch());
        }
    }

    private void release(long epoch) {
        try {
            session.run(tx -> lease.release(tx, epoch));
        } catch (Problem silent) {
            log.info("the lease runs out by itself: {}", silent.sentence());
        }
    }
}
