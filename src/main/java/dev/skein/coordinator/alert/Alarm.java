package dev.skein.coordinator.alert;

import dev.skein.coordinator.alert.Conditions.Condition;
import dev.skein.pipeline.Alerts.Acknowledged;
import dev.skein.pipeline.Alerts.Alert;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One alert as it is kept.
 *
 * @param since in whole milliseconds, as the store has it
 * @param resolvedAt null while it holds
 */
record Alarm(
        Condition condition,
        Instant since,
        @Nullable Instant resolvedAt,
        int times,
        @Nullable Acknowledged acknowledged) {
    /** What names it in the store: one alert may have held several times. */
    record Key(String id, Instant since) {}

    Key key() {
        return new Key(condition.id(), since);
    }

    Alert shown(Instant now) {
        boolean isKnown = acknowledged != null && now.isBefore(acknowledged.until());
        var whileHeld = isKnown ? "acknowledged" : "open";
        var end = resolvedAt == null ? now : resolvedAt;
        return new Alert(
                condition.id(),
                condition.rule(),
                condition.severity(),
                condition.text(),
                resolvedAt == null ? whileHeld : "resolved",
                since,
                Duration.between(since, end).toSeconds(),
                resolvedAt,
                times,
                isKnown ? acknowledged : null);
    }

    Alarm with(Condition latest) {
        return new Alarm(latest, since, resolvedAt, times, acknowledged);
    }

    Alarm with(@Nullable Acknowledged by) {
        return new Alarm(condition, since, resolvedAt, times, by);
    }

    Alarm ended(Instant at) {
        return new Alarm(condition, since, at, times, acknowledged);
    }

    Alarm again(Condition latest, Instant at) {
        return new Alarm(latest, at, null, times + 1, acknowledged);
    }

    /** Whether it was over in that span, or shortly before it. */
    boolean endedWithin(Instant from, Instant to, Duration slack) {
        return resolvedAt != null && !resolvedAt.plus(slack).isBefore(from) && !since.isAfter(to);
    }
}
