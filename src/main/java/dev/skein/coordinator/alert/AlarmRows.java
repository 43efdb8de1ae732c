package dev.skein.coordinator.alert;

import dev.skein.coordinator.alert.Conditions.Condition;
import dev.skein.pipeline.Alerts.Acknowledged;
import dev.skein.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Alerts as rows. */
final class AlarmRows {
    private static final String PUT = """
            INSERT INTO alerts (id, since, severity, text, resolved_at, times, ack_by, ack_until, ack_reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id, since) DO UPDATE SET text = excluded.text, resolved_at = excluded.resolved_at,
                times = excluded.times, ack_by = excluded.ack_by, ack_until = excluded.ack_until,
                ack_reason = excluded.ack_reason""";

    private AlarmRows() {}

    static List<Alarm> load(Transaction tx) throws SQLException {
        return tx.query("SELECT * FROM alerts ORDER BY since, id", AlarmRows::read);
    }

    /** Empty for a row that is to go. */
    static void write(Transaction tx, Map<Alarm.Key, Optional<Alarm>> changes) throws SQLException {
        for (var change : changes.entrySet()) {
            var alarm = change.getValue().orElse(null);
            if (alarm == null) {
                var key = change.getKey();
                tx.update(
                        "DELETE FROM alerts WHERE id = ? AND since = ?",
                        key.id(),
                        key.since().toEpochMilli());
            } else {
                put(tx, alarm);
            }
        }
    }

    private static void put(Transaction tx, Alarm alarm) throws SQLException {
        var known = alarm.acknowledged();
        tx.update(
                PUT,
                alarm.condition().id(),
                alarm.since().toEpochMilli(),
                alarm.condition().severity(),
                alarm.condition().text(),
                millis(alarm.resolvedAt()),
                alarm.times(),
                known == null ? null : known.by(),
                known == null ? null : known.until().toEpochMilli(),
                known == null ? null : known.reason());
    }

    private static @Nullable Long millis(@Nullable Instant at) {
        return at == null ? null : at.toEpochMilli();
    }

    private static Alarm read(ResultSet row) throws SQLException {
        long resolved = row.getLong("resolved_at");
        boolean holds = row.wasNull();
        return new Alarm(
                new Condition(row.getString("id"), row.getString("severity"), row.getString("text")),
                Instant.ofEpochMilli(row.getLong("since")),
                holds ? null : Instant.ofEpochMilli(resolved),
                row.getInt("times"),
                acknowledged(row));
    }

    private static @Nullable Acknowledged acknowledged(ResultSet row) throws SQLException {
        var by = row.getString("ack_by");
        if (by == null) {
            return null;
        }
        var reason = Objects.requireNonNullElse(row.getString("ack_reason"), "");
        return new Acknowledged(by, Instant.ofEpochMilli(row.getLong("ack_until")), reason);
    }
}
