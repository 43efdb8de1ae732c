package dev.skein.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements inside one transaction, in plain SQL that SQLite and PostgreSQL both understand. Valid while it runs. */
public interface Transaction {
    /** Reads one row at the cursor. */
    @FunctionalInterface
    interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** How many rows the statement changed. */
    int update(String sql, @Nullable Object... parameters) throws SQLException;

    /** Every row in the order of the statement. */
    <T> List<T> query(String sql, Mapper<T> mapper, @Nullable Object... parameters) throws SQLException;
}
