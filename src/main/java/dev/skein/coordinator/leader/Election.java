package dev.skein.coordinator.leader;

import dev.skein.store.lease.Lease.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Decides when one candidate leads: {@code state, event, now → state, effects}. Pure; time is the candidate's own
 * monotonic clock, and no two candidates' times are ever compared.
 */
public final class Election {
    /** Where a candidate stands. */
    public sealed interface State {
        /** When to look next. */
        Instant wakeAt();
    }

    /**
     * Another leads, or nobody.
     *
     * @param leader who, {@code node@incarnation}; empty when nobody is known to
     * @param led the last epoch it led in this life, which it never leads again: what it wrote then may still be under
     *     way. While it is 0 the candidate may take over from an earlier life of its node
     */
    public record Following(Instant wakeAt, String leader, long led) implements State {}

    /**
     * This one leads.
     *
     * @param until when its belief ends, before the row does
     */
    public record Leading(long epoch, Instant until, Instant renewAt) implements State {
        @Override
        public Instant wakeAt() {
            return renewAt.isBefore(until) ? renewAt : until;
        }
    }

    /** It takes no further part. */
    public record Ended() implements State {
        @Override
        public Instant wakeAt() {
            return Instant.MAX;
        }
    }

    /** What is to be done, in order. */
    public sealed interface Effect {}

    /** Ask the store for the row; {@link #answered} or {@link #unanswered} follows. */
    public record Take(boolean reclaim) implements Effect {}

    /** Ask the store to prolong it; {@link #answered} or {@link #unanswered} follows. */
    public record Renew(long epoch) implements Effect {}

    /** Give it back, as far as that is possible; no answer is needed. */
    public record Release(long epoch) implements Effect {}

    public record Lead(long epoch) implements Effect {}

    public record StepDown(long epoch, String why) implements Effect {}

    public record Step(State state, List<Effect> effects) {
        static Step to(State state, Effect... effects) {
            return new Step(state, List.of(effects));
        }
    }

    private final LeaderConfig config;
    private final String self;

    /**
     * The rules for one candidate.
     *
     * @param self {@code node@incarnation}
     */
    public Election(LeaderConfig config, String self) {
        this.config = config;
        this.self = self;
    }

    public State start(Instant now) {
        return new Following(now, "", 0);
    }

    /** Time has passed. */
    public Step woken(State state, Instant now) {
        if (now.isBefore(state.wakeAt())) {
            return Step.to(state);
        }
        if (state instanceof Following following) {
            var next = new Following(now.plus(config.lookInterval()), following.leader, following.led);
            return Step.to(next, new Take(following.led == 0));
        }
        if (state instanceof Leading leading) {
            return isOver(leading, now)
                    ? deposed(leading, now, "the lease was not renewed in time", false)
                    : Step.to(
                            new Leading(leading.epoch, leading.until, now.plus(config.lookInterval())),
                            new Renew(leading.epoch));
        }
        return Step.to(state);
    }

    /**
     * The store has answered.
     *
     * @param asked when it was asked, by this candidate's clock: the row lasts at least as long from then on
     */
    public Step answered(State state, Instant asked, Row row, Instant now) {
        boolean isMine = row.holder().equals(self);
        if (state instanceof Following following) {
            return isMine ? taken(following, asked, row, now) : refused(following, row, now);
        }
        if (!(state instanceof Leading leading)) {
            return isMine ? Step.to(state, new Release(row.epoch())) : Step.to(state);
        }
        if (!isMine || row.epoch() != leading.epoch) {
            return deposed(leading, now, "epoch " + row.epoch() + " has begun", false);
        }
        return isOver(leading, now)
                ? deposed(leading, now, "the lease was renewed too late", true)
                : Step.to(leading(row, asked));
    }

    private Step taken(Following following, Instant asked, Row row, Instant now) {
        var leading = leading(row, asked);
        return isOver(leading, now) || row.epoch() <= following.led
                ? Step.to(new Following(now.plus(config.lookInterval()), "", following.led), new Release(row.epoch()))
                : Step.to(leading, new Lead(row.epoch()));
    }

    private Step refused(Following following, Row row, Instant now) {
        var wait = row.left().isNegative() ? Duration.ZERO : row.left();
        var soonest = wait.compareTo(config.lookInterval()) < 0 ? wait : config.lookInterval();
        return Step.to(new Following(now.plus(soonest).plusMillis(1), row.holder(), following.led));
    }

    /** A row that was taken by an earlier question, whose answer was lost, has less than its whole length left. */
    private Leading leading(Row row, Instant asked) {
        return new Leading(row.epoch(), asked.plus(config.belief(row.left())), asked.plus(config.renewInterval()));
    }

    /** The store did not answer: a leader goes on as long as it may, a follower knows of no leader. */
    public Step unanswered(State state, Instant now) {
        return state instanceof Following following
                ? Step.to(new Following(now.plus(config.lookInterval()), "", following.led))
                : Step.to(state);
    }

    /** A write of that epoch was refused, or what it did is not known: memory and store may differ. */
    public Step doubted(State state, long epoch, String why, Instant now) {
        return state instanceof Leading leading && leading.epoch == epoch
                ? deposed(leading, now, why, true)
                : Step.to(state);
    }

    /** The node stops. */
    public Step stopped(State state) {
        return state instanceof Leading leading
                ? Step.to(new Ended(), new StepDown(leading.epoch, "the node stops"), new Release(leading.epoch))
                : Step.to(new Ended());
    }

    /** Whether a leader in that state may still act. */
    public static boolean holds(State state, long epoch, Instant now) {
        return state instanceof Leading leading && leading.epoch == epoch && !isOver(leading, now);
    }

    private Step deposed(Leading leading, Instant now, String why, boolean release) {
        var following = new Following(now.plus(config.lookInterval()), "", leading.epoch);
        var down = new StepDown(leading.epoch, why);
        return release ? Step.to(following, down, new Release(leading.epoch)) : Step.to(following, down);
    }

    private static boolean isOver(Leading leading, Instant now) {
        return !now.isBefore(leading.until);
    }
}
