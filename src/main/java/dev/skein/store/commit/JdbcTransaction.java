package dev.skein.store.commit;

import dev.skein.store.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs statements on one connection and keeps the most recent ones prepared. Confined to the connection's thread. */
public final class JdbcTransaction implements Transaction, AutoCloseable {
    private static final int PREPARED_MAX = 64;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>(PREPARED_MAX, 0.75f, true);

    public JdbcTransaction(Connection connection) {
        this.connection = connection;
    }

    @Override
    public int update(String sql, @Nullable Object... parameters) throws SQLException {
        var statement = prepare(sql, parameters);
        return statement.execute() ? 0 : statement.getUpdateCount();
    }

    @Override
    public <T> List<T> query(String sql, Mapper<T> mapper, @Nullable Object... parameters) throws SQLException {
        try (var rows = prepare(sql, parameters).executeQuery()) {
            var all = new ArrayList<T>();
            while (rows.next()) {
                all.add(mapper.map(rows));
            }
            return all;
        }
    }

    /** False when the driver knows that the connection is of no use any more. */
    boolean isUsable() throws SQLException {
        return !connection.isClosed();
    }

    private PreparedStatement prepare(String sql, @Nullable Object[] parameters) throws SQLException {
        var statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
            evict();
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private void evict() throws SQLException {
        if (prepared.size() > PREPARED_MAX) {
            var eldest = prepared.entrySet().iterator();
            eldest.next().getValue().close();
            eldest.remove();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close(); // and with it every statement
    }
}
