package dev.skein.coordinator.remote;

import dev.skein.job.Remotes.Spec;
import dev.skein.store.Store;
import io.vertx.core.Future;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Workers that were added, as rows. */
final class RemoteRows {
    private final Store store;

    RemoteRows(Store store) {
        this.store = store;
    }

    Future<List<Spec>> load() {
        return store.read(tx -> tx.query("SELECT * FROM remote_workers ORDER BY host, port", RemoteRows::read));
    }

    private static Spec read(ResultSet row) throws SQLException {
        var names = Stream.of(row.getString("capabilities").split(","))
                .filter(name -> !name.isEmpty())
                .toList();
        return new Spec(row.getString("host"), row.getInt("port"), names);
    }

    Future<?> put(Spec spec) {
        return store.write(tx -> tx.update(
                "INSERT INTO remote_workers (host, port, capabilities) VALUES (?, ?, ?)"
                        + " ON CONFLICT (host, port) DO UPDATE SET capabilities = excluded.capabilities",
                spec.host(),
                spec.port(),
                String.join(",", spec.capabilities())));
    }

    Future<?> remove(Spec spec) {
        return store.write(
                tx -> tx.update("DELETE FROM remote_workers WHERE host = ? AND port = ?", spec.host(), spec.port()));
    }
}
