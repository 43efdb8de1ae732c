package dev.skein.coordinator.ledger;

import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import dev.skein.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups and their placements as rows. */
final class GroupRows {
    private static final String PUT = """
            INSERT INTO pipeline_groups (id, spec, created_at, deleting) VALUES (?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET deleting = excluded.deleting, spec = excluded.spec""";
    private static final String PUT_PLACEMENT = """
            INSERT INTO placements (group_id, name, pipeline, position, worker, pipeline_id, status, epoch, error,
                diagnostics, last_epoch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (group_id, name) DO UPDATE SET worker = excluded.worker, pipeline_id = excluded.pipeline_id,
                status = excluded.status, epoch = excluded.epoch, error = excluded.error,
                diagnostics = excluded.diagnostics, last_epoch = excluded.last_epoch,
                position = excluded.position""";

    private GroupRows() {}

    static Map<String, Group> load(Transaction tx) throws SQLException {
        var placements = new HashMap<String, List<Placement>>();
        tx.query("SELECT * FROM placements ORDER BY group_id, position", GroupRows::readPlacement)
                .forEach(placement -> placements
                        .computeIfAbsent(placement.id().groupId(), id -> new ArrayList<>())
                        .add(placement));
        var groups = new LinkedHashMap<String, Group>();
        tx.query("SELECT * FROM pipeline_groups ORDER BY created_at, id", row -> read(row, placements))
                .forEach(group -> groups.put(group.id(), group));
        return groups;
    }

    static void write(Transaction tx, Map<String, Group> before, Map<String, Group> after) throws SQLException {
        if (before == after) {
            return;
        }
        for (var group : after.values()) {
            var known = before.get(group.id());
            if (known != group) {
                put(tx, known, group);
            }
        }
        for (var id : before.keySet()) {
            if (!after.containsKey(id)) {
                tx.update("DELETE FROM placements WHERE group_id = ?", id);
                tx.update("DELETE FROM pipeline_groups WHERE id = ?", id);
            }
        }
    }

    private static void put(Transaction tx, @Nullable Group known, Group group) throws SQLException {
        if (known == null || known.deleting() != group.deleting() || known.spec() != group.spec()) {
            tx.update(
                    PUT,
                    group.id(),
                    RowJson.text(group.spec()),
                    group.createdAt().toEpochMilli(),
                    group.deleting() ? 1 : 0);
        }
        for (int position = 0; position < group.placements().size(); position++) {
            var placement = group.placements().get(position);
            if (known == null || !isAt(known, placement, position)) {
                put(tx, placement, position);
            }
        }
        if (known != null && known.spec() != group.spec()) {
            removeGone(tx, known, group);
        }
    }

    private static boolean isAt(Group known, Placement placement, int position) {
        return position < known.placements().size() && known.placements().get(position) == placement;
    }

    private static void removeGone(Transaction tx, Group known, Group group) throws SQLException {
        for (var placement : known.placements()) {
            if (group.placement(placement.id().name()).isEmpty()) {
                tx.update(
                        "DELETE FROM placements WHERE group_id = ? AND name = ?",
                        group.id(),
                        placement.id().name());
            }
        }
    }

    private static void put(Transaction tx, Placement placement, int position) throws SQLException {
        tx.update(
                PUT_PLACEMENT,
                placement.id().groupId(),
                placement.id().name(),
                placement.pipeline(),
                position,
                placement.workerId(),
                placement.pipelineId(),
                placement.status().name(),
                placement.epoch(),
                placement.error(),
                RowJson.text(placement.diagnostics()),
                placement.lastEpoch());
    }

    private static Group read(ResultSet row, Map<String, List<Placement>> placements) throws SQLException {
        var id = row.getString("id");
        return new Group(
                id,
                RowJson.spec(row.getString("spec")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getInt("deleting") != 0,
                placements.getOrDefault(id, List.of()));
    }

    private static Placement readPlacement(ResultSet row) throws SQLException {
        return new Placement(
                new PlacementId(row.getString("group_id"), row.getString("name")),
                row.getString("pipeline"),
                row.getString("worker"),
                row.getString("pipeline_id"),
                Placement.Status.valueOf(row.getString("status")),
                row.getLong("epoch"),
                row.getString("error"),
                RowJson.diagnostics(row.getString("diagnostics")),
                Math.max(row.getLong("epoch"), row.getLong("last_epoch")),
                null,
                "");
    }
}
