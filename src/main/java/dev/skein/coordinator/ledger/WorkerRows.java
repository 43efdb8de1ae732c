package dev.skein.coordinator.ledger;

import dev.skein.config.Secret;
import dev.skein.coordinator.state.Leftover;
import dev.skein.coordinator.state.Worker;
import dev.skein.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Workers and what is left over on them, as rows. */
final class WorkerRows {
    private static final String PUT = """
            INSERT INTO workers (id, address, api_key, cpu_cores, max_pipelines, instance, node, roles, labels,
                state, registered_at, deregistered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET address = excluded.address, api_key = excluded.api_key,
                cpu_cores = excluded.cpu_cores, max_pipelines = excluded.max_pipelines, instance = excluded.instance,
                node = excluded.node, roles = excluded.roles, labels = excluded.labels,
                state = excluded.state,
                registered_at = excluded.registered_at, deregistered_at = excluded.deregistered_at""";

    private WorkerRows() {}

    static SortedMap<String, Worker> load(Transaction tx) throws SQLException {
        var workers = new TreeMap<String, Worker>();
        tx.query("SELECT * FROM workers", WorkerRows::read).forEach(worker -> workers.put(worker.id(), worker));
        return workers;
    }

    static Set<Leftover> loadLeftovers(Transaction tx) throws SQLException {
        var sql = "SELECT worker, pipeline_id FROM leftovers ORDER BY worker, pipeline_id";
        return new LinkedHashSet<>(tx.query(sql, row -> new Leftover(row.getString(1), row.getString(2))));
    }

    static void write(Transaction tx, Map<String, Worker> before, Map<String, Worker> after) throws SQLException {
        if (before == after) {
            return;
        }
        for (var worker : after.values()) {
            if (before.get(worker.id()) != worker) {
                put(tx, worker);
            }
        }
        for (var id : before.keySet()) {
            if (!after.containsKey(id)) {
                tx.update("DELETE FROM workers WHERE id = ?", id);
            }
        }
    }

    static void write(Transaction tx, Set<Leftover> before, Set<Leftover> after) throws SQLException {
        if (before == after) {
            return;
        }
        for (var leftover : after) {
            if (!before.contains(leftover)) {
                tx.update(
                        "INSERT INTO leftovers (worker, pipeline_id) VALUES (?, ?)",
                        leftover.workerId(),
                        leftover.pipelineId());
            }
        }
        for (var leftover : before) {
            if (!after.contains(leftover)) {
                tx.update(
                        "DELETE FROM leftovers WHERE worker = ? AND pipeline_id = ?",
                        leftover.workerId(),
                        leftover.pipelineId());
            }
        }
    }

    private static void put(Transaction tx, Worker worker) throws SQLException {
        var gone = worker.deregisteredAt();
        tx.update(
                PUT,
                worker.id(),
                worker.address(),
                worker.apiKey().reveal(),
                worker.cpuCores(),
                worker.maxPipelines(),
                worker.instance(),
                worker.node(),
                String.join(",", worker.roles()),
                String.join(",", worker.labels()),
                worker.state().name(),
                worker.registeredAt().toEpochMilli(),
                gone == null ? null : gone.toEpochMilli());
    }

    private static List<String> list(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(","));
    }

    private static Worker read(ResultSet row) throws SQLException {
        long gone = row.getLong("deregistered_at");
        boolean stillThere = row.wasNull();
        return new Worker(
                row.getString("id"),
                row.getString("address"),
                new Secret(row.getString("api_key")),
                row.getInt("cpu_cores"),
                row.getInt("max_pipelines"),
                row.getString("instance"),
                row.getString("node"),
                list(row.getString("roles")),
                list(row.getString("labels")),
                Worker.State.valueOf(row.getString("state")),
                Instant.ofEpochMilli(row.getLong("registered_at")),
                stillThere ? null : Instant.ofEpochMilli(gone));
    }
}
