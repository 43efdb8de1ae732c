package dev.skein.coordinator.ledger;

import dev.skein.coordinator.state.Migration;
import dev.skein.coordinator.state.PlacementId;
import dev.skein.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Migrations as rows. */
final class MigrationRows {
    private static final String PUT = """
            INSERT INTO migrations (id, group_id, name, source, target, reason, phase, failure, started_at,
                finished_at, state_moved) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET phase = excluded.phase, failure = excluded.failure,
                finished_at = excluded.finished_at, state_moved = excluded.state_moved""";

    private MigrationRows() {}

    static Map<String, Migration> load(Transaction tx) throws SQLException {
        var migrations = new LinkedHashMap<String, Migration>();
        tx.query("SELECT * FROM migrations ORDER BY started_at, id", MigrationRows::read)
                .forEach(migration -> migrations.put(migration.id(), migration));
        return migrations;
    }

    static void write(Transaction tx, Map<String, Migration> before, Map<String, Migration> after) throws SQLException {
        if (before == after) {
            return;
        }
        for (var migration : after.values()) {
            if (before.get(migration.id()) != migration) {
                put(tx, migration);
            }
        }
        for (var id : before.keySet()) {
            if (!after.containsKey(id)) {
                tx.update("DELETE FROM migrations WHERE id = ?", id);
            }
        }
    }

    private static void put(Transaction tx, Migration migration) throws SQLException {
        var finished = migration.finishedAt();
        tx.update(
                PUT,
                migration.id(),
                migration.placement().groupId(),
                migration.placement().name(),
                migration.source(),
                migration.target(),
                migration.reason().name(),
                migration.phase().name(),
                migration.failure(),
                migration.startedAt().toEpochMilli(),
                finished == null ? null : finished.toEpochMilli(),
                migration.stateMoved() ? 1 : 0);
    }

    private static Migration read(ResultSet row) throws SQLException {
        long finished = row.getLong("finished_at");
        boolean underWay = row.wasNull();
        return new Migration(
                row.getString("id"),
                new PlacementId(row.getString("group_id"), row.getString("name")),
                row.getString("source"),
                row.getString("target"),
                Migration.Reason.valueOf(row.getString("reason")),
                Migration.Phase.valueOf(row.getString("phase")),
                row.getString("failure"),
                Instant.ofEpochMilli(row.getLong("started_at")),
                underWay ? null : Instant.ofEpochMilli(finished),
                row.getInt("state_moved") != 0);
    }
}
