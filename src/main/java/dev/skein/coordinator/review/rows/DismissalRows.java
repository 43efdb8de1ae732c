package dev.skein.coordinator.review.rows;

import dev.skein.review.finding.suppress.Dismissals;
import dev.skein.review.finding.suppress.Dismissals.Dismissal;
import dev.skein.store.Transaction;
import java.sql.SQLException;
import java.util.List;

/** What people said they do not want to see again, as rows. */
public final class DismissalRows {
    private static final String PUT = """
        INSERT INTO review_dismissals (base, fingerprint, reason, author, created_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (base, fingerprint) DO UPDATE SET reason = excluded.reason, author = excluded.author,
            created_at = excluded.created_at\
        """;

    private DismissalRows() {}

    public static int put(Transaction tx, String base, Dismissal dismissal, long now) throws SQLException {
        var reason = dismissal.reason().replace('\0', '\uFFFD');
        return tx.update(PUT, base, dismissal.fingerprint(), reason, dismissal.author(), now);
    }

    public static int count(Transaction tx, String base) throws SQLException {
        return tx.query("SELECT COUNT(*) FROM review_dismissals WHERE base = ?", row -> row.getInt(1), base)
                .get(0);
    }

    public static List<Dismissal> of(Transaction tx, String base) throws SQLException {
        return tx.query(
                "SELECT fingerprint, reason, author FROM review_dismissals WHERE base = ?",
                row -> new Dismissal(row.getString(1), row.getString(2), row.getString(3)),
                base);
    }

    public static Dismissals all(Transaction tx, String base) throws SQLException {
        return Dismissals.of(of(tx, base));
    }
}
