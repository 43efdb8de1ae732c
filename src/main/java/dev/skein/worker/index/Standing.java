package dev.skein.worker.index;

import dev.skein.index.feed.Feeds.End;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.kernel.Problem;
import java.time.Duration;
import java.time.Instant;

/**
 * Under whom a shard is held, and how sure its contents are.
 *
 * @param router the life that feeds it; empty while none does
 * @param routerEpoch of that life
 * @param complete whether it ever held everything there was
 * @param verified whether it does so by the word of the router that feeds it now
 * @param comparedMillis when the root was last looked at, in milliseconds since 1970; 0 for never
 * @param revision up to which it has all changes of open documents; 0 while that is not known
 * @param told when that was heard, by the steady clock
 */
record Standing(
        long epoch,
        String router,
        long routerEpoch,
        boolean complete,
        boolean verified,
        long comparedMillis,
        long revision,
        Instant told) {
    static final Standing NONE = new Standing(0, "", 0, false, false, 0, 0, Instant.EPOCH);

    /** What a cache file held at that time. */
    Standing cached(long writtenMillis) {
        return new Standing(epoch, router, routerEpoch, true, false, writtenMillis, 0, told);
    }

    /** Given to this worker, again or for the first time. */
    Standing assigned(long next) {
        return next <= epoch
                ? this
                : new Standing(next, "", routerEpoch, complete, false, comparedMillis, revision, told);
    }

    /** A router begins to feed it; fails when that is an earlier life than the one that does. */
    Standing fed(Ref shard, String by, long byEpoch) {
        requireNotOver(shard);
        if (byEpoch < routerEpoch) {
            throw Problem.conflict("stale_router", "a later life of the router feeds that shard");
        }
        return new Standing(shard.epoch(), by, byEpoch, complete, false, comparedMillis, revision, told);
    }

    /** Whoever feeds it has to begin anew, so that what lacks is found. */
    Standing unfed() {
        return new Standing(epoch, "", routerEpoch, complete, verified, comparedMillis, revision, told);
    }

    Standing compared(End end, Instant now) {
        boolean sure = end.whole() || verified;
        long at = sure ? end.comparedMillis() : comparedMillis;
        long upTo = sure ? end.revision() : revision;
        return new Standing(epoch, router, routerEpoch, complete || sure, sure, at, upTo, now);
    }

    /** Fails unless this router may feed it under this assignment. */
    void require(Ref shard, String by) {
        requireNotOver(shard);
        if (shard.epoch() > epoch || !by.equals(router)) {
            throw Problem.conflict("feed_unknown", "this router has to begin first");
        }
    }

    private void requireNotOver(Ref shard) {
        if (shard.epoch() < epoch) {
            throw Problem.conflict("stale_epoch", "assignment %d is over, %d holds".formatted(shard.epoch(), epoch));
        }
    }

    boolean isStale(Instant now, Duration staleAfter) {
        return !verified || told.plus(staleAfter).isBefore(now);
    }
}
