package dev.skein.coordinator.job.rows;

import dev.skein.kernel.Problem;
import dev.skein.store.commit.Schema;
import java.sql.SQLException;

/** Says which row nobody can read, and what to do about it. */
final class Damage {
    private Damage() {}

    /** Reads one row. */
    interface Reading<T> {
        T read() throws SQLException;
    }

    /**
     * What the row holds; fails with a {@link Problem} that names the row when nobody can read it.
     *
     * @param row what the row is, after the table's name, as in {@code job j-7}
     */
    static <T> T named(String table, String row, Reading<T> reading) throws SQLException {
        try {
            return reading.read();
        } catch (IllegalStateException | IllegalArgumentException | Problem unreadable) {
            throw Schema.unusable("is damaged (table %s, %s: %s); %s"
                    .formatted(table, row, unreadable.getMessage(), Schema.restoring()));
        }
    }
}
