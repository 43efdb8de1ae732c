package dev.skein.coordinator.alert;

import dev.skein.coordinator.alert.Conditions.Condition;
import dev.skein.pipeline.Alerts.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether anybody leads, as one node sees it. Of all the nodes that see the same, each waits for its turn, and the
 * first to tell says so to the others. Pure but for what it remembers; confined to one event loop.
 */
final class Absence {
    static final String ID = "no-leader";

    /** It is over. */
    record Ended(Alert alert, boolean mustTell) {}

    private final Condition condition;
    private final Duration after;
    private final Alarms alarms = new Alarms();
    private @Nullable Instant missingSince;
    private @Nullable Instant tellAt;
    private @Nullable Instant heardAt;
    private boolean told;

    /** @param after how long nobody may lead before that is an alert */
    Absence(String node, Duration after) {
        this.condition = Conditions.leaderless("No coordinator leads, or " + node + " can reach none");
        this.after = after;
    }

    /**
     * Nobody answered.
     *
     * @param turn how long to leave the telling to others
     */
    void missed(Instant now, Duration turn) {
        var since = missingSince == null ? now : missingSince;
        missingSince = since;
        boolean isLong = !now.isBefore(since.plus(after));
        if (isLong && !alarms.see(List.of(condition), since).isEmpty() && !othersKnow(now)) {
            tellAt = now.plus(turn);
        }
    }

    private boolean othersKnow(Instant now) {
        return heardAt != null && now.isBefore(heardAt.plus(Alarms.FLAPPING));
    }

    /** Another node has told everybody. */
    void toldElsewhere(Instant now) {
        heardAt = now;
        tellAt = null;
    }

    /** What this node has to tell now; once. */
    Optional<Alert> due(Instant now) {
        if (tellAt == null || now.isBefore(tellAt)) {
            return Optional.empty();
        }
        tellAt = null;
        told = true;
        return Optional.of(alarms.find(ID, now));
    }

    /** Somebody leads; answers the alert that this ends, if it was one. */
    Optional<Ended> found(Instant now) {
        missingSince = null;
        tellAt = null;
        if (alarms.holding(now).isEmpty()) {
            return Optional.empty();
        }
        alarms.see(List.of(), now);
        boolean mustTell = told;
        told = false;
        return Optional.of(new Ended(alarms.find(ID, now), mustTell));
    }

    List<Alert> holding(Instant now) {
        return alarms.holding(now);
    }
}
