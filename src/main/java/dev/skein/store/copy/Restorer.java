package dev.skein.store.copy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.kernel.Problem;
import dev.skein.store.copy.CopyReader.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts rows into tables, within the transaction of one connection. */
final class Restorer implements Rows, AutoCloseable {
    private static final int BATCH = 500;

    private final Connection connection;
    private final Set<String> known;
    private @Nullable PreparedStatement insert;
    private int waiting;

    Restorer(Connection connection, List<String> tables) {
        this.connection = connection;
        this.known = Set.copyOf(tables);
    }

    /** Removes every row, those that refer to others first. */
    static void empty(Connection connection, List<String> tables) throws SQLException {
        var reversed = new java.util.ArrayList<>(tables);
        Collections.reverse(reversed);
        try (var statement = connection.createStatement()) {
            for (var table : reversed) {
                statement.executeUpdate("DELETE FROM " + table);
            }
        }
    }

    @Override
    public void table(String name, List<String> columns) throws SQLException {
        close();
        if (!known.contains(name)) {
            throw Problem.invalid("the copy has a table " + name + " that this schema does not have");
        }
        var marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
        insert = connection.prepareStatement(
                "INSERT INTO " + name + " (" + String.join(", ", columns) + ") VALUES (" + marks + ")");
    }

    @Override
    public void row(JsonNode values) throws SQLException {
        var statement = insert;
        if (statement == null) {
            throw new IllegalStateException("a row without a table");
        }
        for (int i = 0; i < values.size(); i++) {
            set(statement, i + 1, values.get(i));
        }
        statement.addBatch();
        if (++waiting % BATCH == 0) {
            statement.executeBatch();
        }
    }

    private static void set(PreparedStatement statement, int position, JsonNode value) throws SQLException {
        if (value.isNull()) {
            statement.setObject(position, null);
        } else if (value.isIntegralNumber()) {
            statement.setLong(position, value.asLong());
        } else if (value.isNumber()) {
            statement.setDouble(position, value.asDouble());
        } else if (value.isBoolean()) {
            statement.setBoolean(position, value.asBoolean());
        } else {
            statement.setString(position, value.asText());
        }
    }

    @Override
    public void close() throws SQLException {
        if (insert != null) {
            insert.executeBatch();
            insert.close();
            insert = null;
        }
    }
}
