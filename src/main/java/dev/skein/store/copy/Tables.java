package dev.skein.store.copy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The tables of a schema as the database lists them, without those that the product's tools keep for themselves. */
final class Tables {
    private static final Set<String> FOREIGN = Set.of("flyway_schema_history", "sqlite_schema", "sqlite_sequence");
    private static final int DEPTH_MAX = 16;

    private Tables() {}

    /** By name, but those that others refer to come before them. */
    static List<String> inOrder(Connection connection) throws SQLException {
        var names = new TreeSet<String>();
        try (var rows = connection.getMetaData().getTables(null, schema(connection), "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                names.add(rows.getString("TABLE_NAME"));
            }
        }
        names.removeAll(FOREIGN);
        var ordered = new LinkedHashSet<String>();
        for (var name : names) {
            place(connection, name, ordered, 0);
        }
        return List.copyOf(ordered);
    }

    private static void place(Connection connection, String table, Set<String> ordered, int depth) throws SQLException {
        if (ordered.contains(table) || depth > DEPTH_MAX) {
            return;
        }
        var parents = new ArrayList<String>();
        try (var keys = connection.getMetaData().getImportedKeys(null, schema(connection), table)) {
            while (keys.next()) {
                parents.add(keys.getString("PKTABLE_NAME"));
            }
        }
        for (var parent : parents) {
            if (!parent.equals(table)) {
                place(connection, parent, ordered, depth + 1);
            }
        }
        ordered.add(table);
    }

    private static String schema(Connection connection) throws SQLException {
        return connection.getSchema();
    }

    static List<String> columns(ResultSet rows) throws SQLException {
        var names = new ArrayList<String>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            names.add(rows.getMetaData().getColumnName(i));
        }
        return names;
    }

    static long count(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }
}
