package dev.skein.coordinator.index;

import dev.skein.coordinator.index.Workspace.Placed;
import dev.skein.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Workspaces and shards as rows. */
final class WorkspaceRows {
    private record Row(String workspace, String root, Placed placed) {}

    private WorkspaceRows() {}

    static List<Workspace> load(Transaction tx) throws SQLException {
        Map<String, TreeMap<String, Placed>> shards = new HashMap<>();
        tx.query("SELECT * FROM workspace_shards", WorkspaceRows::shard)
                .forEach(row -> shards.computeIfAbsent(row.workspace, id -> new TreeMap<>())
                        .put(row.root, row.placed));
        var all = new ArrayList<Workspace>();
        for (var bare : tx.query("SELECT * FROM workspaces", WorkspaceRows::workspace)) {
            all.add(new Workspace(
                    bare.id(),
                    bare.name(),
                    bare.root(),
                    bare.router(),
                    bare.sourceRoots(),
                    shards.getOrDefault(bare.id(), new TreeMap<>())));
        }
        return all;
    }

    private static Row shard(ResultSet row) throws SQLException {
        var placed = new Placed(
                row.getInt("files"),
                row.getLong("bytes"),
                row.getString("worker"),
                row.getLong("epoch"),
                row.getString("spare"));
        return new Row(row.getString("workspace"), row.getString("root"), placed);
    }

    private static Workspace workspace(ResultSet row) throws SQLException {
        return new Workspace(
                row.getString("id"),
                row.getString("name"),
                row.getString("root"),
                row.getString("router"),
                row.getString("source_roots").lines().toList(),
                new TreeMap<>());
    }

    static int insert(Transaction tx, Workspace workspace) throws SQLException {
        tx.update(
                "INSERT INTO workspaces (id, name, root, router, source_roots) VALUES (?, ?, ?, ?, ?)",
                workspace.id(),
                workspace.name(),
                workspace.root(),
                workspace.router(),
                String.join("\n", workspace.sourceRoots()));
        for (var shard : workspace.shards().entrySet()) {
            var placed = shard.getValue();
            tx.update(
                    "INSERT INTO workspace_shards (workspace, root, files, bytes, worker, epoch)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    workspace.id(),
                    shard.getKey(),
                    placed.files(),
                    placed.bytes(),
                    placed.worker(),
                    placed.epoch());
        }
        return 1;
    }

    static int delete(Transaction tx, String id) throws SQLException {
        tx.update("DELETE FROM workspace_shards WHERE workspace = ?", id);
        return tx.update("DELETE FROM workspaces WHERE id = ?", id);
    }

    static int place(Transaction tx, List<ShardPlacer.Move> moves) throws SQLException {
        for (var move : moves) {
            tx.update(
                    "UPDATE workspace_shards SET worker = ?, epoch = epoch + 1, spare = ?"
                            + " WHERE workspace = ? AND root = ?",
                    move.worker(),
                    move.placed().spare(),
                    move.workspace().id(),
                    move.shard());
        }
        return moves.size();
    }

    static int spare(Transaction tx, List<SparePlacer.Spare> spares) throws SQLException {
        for (var each : spares) {
            tx.update(
                    "UPDATE workspace_shards SET spare = ? WHERE workspace = ? AND root = ?",
                    each.worker(),
                    each.workspace().id(),
                    each.shard());
        }
        return spares.size();
    }
}
