package dev.skein.coordinator.ledger;

import dev.skein.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Who changed what, as rows; the oldest go when there are too many. */
final class AuditRows {
    private static final int PRUNE_EVERY = 256;

    private final long rowsMax;
    private long last; // confined to the store's writer

    AuditRows(long rowsMax, long last) {
        this.rowsMax = rowsMax;
        this.last = last;
    }

    static long last(Transaction tx) throws SQLException {
        return tx.query("SELECT COALESCE(MAX(seq), 0) FROM audit", row -> row.getLong(1))
                .get(0);
    }

    /** A number is never used twice, even when its transaction fails. */
    void append(Transaction tx, List<Audit> audits, Instant now) throws SQLException {
        for (var audit : audits) {
            last++;
            tx.update(
                    "INSERT INTO audit (seq, at, who, role, what, target, outcome, request_id)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    last,
                    now.toEpochMilli(),
                    audit.caller().subject(),
                    audit.caller().role(),
                    audit.what(),
                    audit.target(),
                    audit.outcome(),
                    audit.caller().requestId());
            if (last % PRUNE_EVERY == 0) {
                tx.update("DELETE FROM audit WHERE seq <= ?", last - rowsMax);
            }
        }
    }
}
