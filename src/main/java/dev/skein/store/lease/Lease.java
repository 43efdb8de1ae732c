package dev.skein.store.lease;

import dev.skein.store.Dialect;
import dev.skein.store.Transaction;
import java.sql.SQLException;
import java.time.Duration;

/** The statements about the row that says who leads. Time in it is the database's own. Thread-safe. */
public final class Lease {
    /*
     * Renewing changes only the time, taking over changes the epoch, which is a key. A fenced transaction locks the
     * key (FOR KEY SHARE), so a renewal passes it by and a takeover waits until it is over: what the new leader reads
     * afterwards holds everything that the old one ever committed. A leader that stops in mid-transaction is cut off
     * by the server (idle_in_transaction_session_timeout), long before its lease runs out.
     */
    private static final String ROW = " WHERE name = 'coordinator'";

    private final Dialect dialect;
    private final String holder;
    private final Duration length;

    /**
     * The lease as one candidate sees it.
     *
     * @param holder the candidate, {@code node@incarnation}
     */
    public Lease(Dialect dialect, String holder, Duration length) {
        this.dialect = dialect;
        this.holder = holder;
        this.length = length;
    }

    /**
     * The row.
     *
     * @param holder who has it or had it last, {@code node@incarnation}; empty when it was given back
     * @param left until it may be taken; negative when it may
     */
    public record Row(String holder, long epoch, Duration left) {}

    /**
     * Takes the row for a new epoch if it is free.
     *
     * @param reclaim whether to take it also from an earlier life of the same node
     * @return the row as it is now
     */
    public Row take(Transaction tx, boolean reclaim) throws SQLException {
        var free = dialect.isExclusive()
                ? ""
                : " AND (holder = '' OR expires <= " + dialect.now() + " OR "
                        + (reclaim ? "substr(holder, 1, ?) = ?)" : "? < 0 AND ? = '')");
        var node = holder.substring(0, holder.lastIndexOf('@') + 1);
        var sql =
                "UPDATE leadership SET epoch = epoch + 1, holder = ?, expires = " + dialect.now() + " + ?" + ROW + free;
        if (dialect.isExclusive()) {
            tx.update(sql, holder, length.toMillis());
        } else {
            tx.update(sql, holder, length.toMillis(), node.length(), node);
        }
        return look(tx);
    }

    /** Prolongs the row if it is still held in that epoch, even when its time is over but nobody took it. */
    public Row renew(Transaction tx, long epoch) throws SQLException {
        tx.update(
                "UPDATE leadership SET expires = " + dialect.now() + " + ?" + ROW + " AND holder = ? AND epoch = ?",
                length.toMillis(),
                holder,
                epoch);
        return look(tx);
    }

    /** Gives the row back, so that another need not wait. */
    public Row release(Transaction tx, long epoch) throws SQLException {
        tx.update(
                "UPDATE leadership SET holder = '', expires = 0" + ROW + " AND holder = ? AND epoch = ?",
                holder,
                epoch);
        return look(tx);
    }

    private Row look(Transaction tx) throws SQLException {
        var sql = "SELECT holder, epoch, expires - " + dialect.now() + " FROM leadership" + ROW;
        return tx.query(sql, row -> new Row(row.getString(1), row.getLong(2), Duration.ofMillis(row.getLong(3))))
                .get(0);
    }

    /** Whether that epoch still lasts; while the transaction does, nobody can begin another. */
    static boolean lasts(Transaction tx, Dialect dialect, long epoch) throws SQLException {
        var sql = "SELECT epoch FROM leadership" + ROW + " AND epoch = ?" + dialect.holding();
        return !tx.query(sql, row -> row.getLong(1), epoch).isEmpty();
    }
}
