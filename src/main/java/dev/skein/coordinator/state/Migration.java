package dev.skein.coordinator.state;

import dev.skein.kernel.Ids;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One placement's way from one worker to another, or the attempt.
 *
 * @param failure why it failed; null unless it did
 * @param finishedAt null while it is under way
 * @param stateMoved whether what the old copy had come to is with the new one
 */
public record Migration(
        String id,
        PlacementId placement,
        String source,
        String target,
        Reason reason,
        Phase phase,
        @Nullable String failure,
        Instant startedAt,
        @Nullable Instant finishedAt,
        boolean stateMoved) {

    /** Why it began. */
    public enum Reason {
        FAILOVER,
        REBALANCE,
        DRAIN,
        MANUAL;

        /** The API's word. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** How far it is, in order. */
    public enum Phase {
        /** A copy is made ready at the target. */
        DEPLOYING,
        /** The old copy finishes what it has and takes nothing new. */
        CHECKPOINTING,
        /** The new copy takes over what the old one had come to. */
        RESTORING,
        /** Events are told where to go. */
        SWITCHING,
        /** The old copy is removed. */
        CLEANING_UP,
        COMPLETED,
        FAILED
    }

    public static Migration begun(Placement placement, String target, Reason reason, Instant now) {
        return new Migration(
                Ids.uuid(),
                placement.id(),
                placement.workerId(),
                target,
                reason,
                Phase.DEPLOYING,
                null,
                now,
                null,
                false);
    }

    public Migration in(Phase next) {
        return new Migration(id, placement, source, target, reason, next, null, startedAt, finishedAt, stateMoved);
    }

    public Migration withState(boolean moved) {
        return new Migration(id, placement, source, target, reason, phase, null, startedAt, finishedAt, moved);
    }

    public Migration completed(Instant now) {
        return new Migration(id, placement, source, target, reason, Phase.COMPLETED, null, startedAt, now, stateMoved);
    }

    public Migration failed(String why, Instant now) {
        return new Migration(id, placement, source, target, reason, Phase.FAILED, why, startedAt, now, false);
    }

    public boolean isUnderWay() {
        return finishedAt == null;
    }

    public Duration elapsed(Instant now) {
        return Duration.between(startedAt, finishedAt == null ? now : finishedAt);
    }

    /** The API's word. */
    public String status() {
        return phase == Phase.FAILED ? "failed: " + failure : phase.name().toLowerCase(java.util.Locale.ROOT);
    }
}
