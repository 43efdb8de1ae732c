package dev.skein.coordinator.ledger;

import dev.skein.coordinator.state.ClusterState;
import dev.skein.store.Store;
import dev.skein.store.Transaction;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;

/** Keeps states in the store by writing the rows in which two of them differ. */
public final class StoreJournal implements Journal {
    private static final String ROUND_ROBIN = "round_robin_last";
    private static final String PUT_META =
            "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    private final Store store;
    private final InstantSource clock;
    private final AuditRows audit;

    private StoreJournal(Store store, InstantSource clock, AuditRows audit) {
        this.store = store;
        this.clock = clock;
        this.audit = audit;
    }

    /** What was found in the store, and the journal that goes on from there. */
    public record Opened(StoreJournal journal, ClusterState state) {}

    /**
     * Loads the state.
     *
     * @param store of one term: its writes fail once the term is over
     * @param auditRowsMax how many lines of the audit to keep
     */
    public static Future<Opened> open(Store store, InstantSource clock, long auditRowsMax) {
        return store.write(tx -> {
            var journal = new StoreJournal(store, clock, new AuditRows(auditRowsMax, AuditRows.last(tx)));
            return new Opened(journal, load(tx));
        });
    }

    @Override
    public Future<Void> write(ClusterState before, ClusterState after, List<Audit> audits) {
        return store.write(tx -> {
                    difference(tx, before, after, audits);
                    return true;
                })
                .mapEmpty();
    }

    /** Writes something of no consequence, to learn whether the store takes writes again. */
    public void probe() {
        store.write(tx -> tx.update(PUT_META, "probe", clock.instant().toString()));
    }

    private void difference(Transaction tx, ClusterState before, ClusterState after, List<Audit> audits)
            throws SQLException {
        WorkerRows.write(tx, before.workers(), after.workers());
        GroupRows.write(tx, before.groups(), after.groups());
        WorkerRows.write(tx, before.leftovers(), after.leftovers());
        MigrationRows.write(tx, before.migrations(), after.migrations());
        if (!after.lastChosen().equals(before.lastChosen())) {
            tx.update(PUT_META, ROUND_ROBIN, after.lastChosen());
        }
        audit.append(tx, audits, clock.instant());
    }

    /** What the store holds right now, for those who only look. */
    public static ClusterState stored(Transaction tx) throws SQLException {
        return load(tx);
    }

    private static ClusterState load(Transaction tx) throws SQLException {
        return new ClusterState(
                Collections.unmodifiableSortedMap(WorkerRows.load(tx)),
                Collections.unmodifiableMap(GroupRows.load(tx)),
                meta(tx, ROUND_ROBIN, ""),
                Collections.unmodifiableSet(WorkerRows.loadLeftovers(tx)),
                Collections.unmodifiableMap(MigrationRows.load(tx)));
    }

    private static String meta(Transaction tx, String name, String fallback) throws SQLException {
        return tx.query("SELECT value FROM meta WHERE name = ?", row -> row.getString(1), name).stream()
                .findFirst()
                .orElse(fallback);
    }
}
