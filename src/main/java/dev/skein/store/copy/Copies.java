package dev.skein.store.copy;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.store.Dialect;
import dev.skein.store.Durability;
import dev.skein.store.StoreConfig;
import dev.skein.store.commit.Database;
import dev.skein.store.commit.Schema;
import dev.skein.store.postgres.PostgresServer;
import dev.skein.store.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes copies of one store, puts them back, and looks whether it is sound. Blocks. */
public final class Copies {
    private static final int FETCH_ROWS = 500;
    private static final List<String> OWN = List.of("meta", "leadership"); // never empty, and of no weight

    private final Path directory;
    private final StoreConfig config;
    private final InstantSource clock;

    /**
     * The copies of one store.
     *
     * @param directory where SQLite keeps its file
     */
    public Copies(Path directory, StoreConfig config, InstantSource clock) {
        this.directory = directory;
        this.config = config;
        this.clock = clock;
    }

    /** Copies the store as it is at one moment, also while a coordinator works with it. */
    public Copy backup(Path file) {
        if (Files.exists(file)) {
            throw Problem.conflict(file + " exists already; a copy is never written over another");
        }
        try (var database = look();
                var connection = snapshot(database);
                var writer = new CopyWriter(file)) {
            var schema = database.schema().version();
            var at = clock.instant();
            writer.line(header(schema, at.toString()));
            var rows = new LinkedHashMap<String, Long>();
            for (var table : Tables.inOrder(connection)) {
                rows.put(table, write(connection, table, writer));
            }
            var copy = new Copy(schema, at, rows);
            writer.finish(copy.total());
            return copy;
        } catch (SQLException | IOException e) {
            throw failed("the store cannot be copied", e);
        }
    }

    private static Map<String, Object> header(String schema, String at) {
        var header = new LinkedHashMap<String, Object>();
        header.put("format", CopyWriter.FORMAT);
        header.put("version", CopyWriter.VERSION);
        header.put("schema", schema);
        header.put("at", at);
        return header;
    }

    private static long write(Connection connection, String table, CopyWriter writer) throws SQLException, IOException {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_ROWS);
            try (var rows = statement.executeQuery("SELECT * FROM " + table)) {
                var columns = Tables.columns(rows);
                writer.line(new LinkedHashMap<>(Map.of("table", table, "columns", columns)));
                long count = 0;
                while (rows.next()) {
                    writer.line(values(rows, columns.size()));
                    count++;
                }
                return count;
            }
        }
    }

    private static List<Object> values(ResultSet rows, int columns) throws SQLException {
        var values = new ArrayList<Object>(columns);
        for (int i = 1; i <= columns; i++) {
            values.add(rows.getObject(i));
        }
        return values;
    }

    /** Reads a copy to its end; fails when anything in it is missing or changed. */
    public static Copy verify(Path file) {
        try {
            return new CopyReader(file).verify();
        } catch (SQLException | IOException e) {
            throw failed(file + " cannot be read", e);
        }
    }

    /**
     * Puts a copy into the store, wholly or not at all. No coordinator may be using it.
     *
     * @param replace whether what the store holds may be lost
     */
    public Copy restore(Path file, boolean replace) {
        var copy = verify(file);
        try (var database = open(schema -> schema.migrateTo(copy.schema()))) {
            try (var connection = database.connect()) {
                put(file, connection, database.dialect(), replace);
                connection.commit();
            }
            database.schema().migrate();
            return copy;
        } catch (SQLException | IOException e) {
            throw failed("the copy cannot be put back: nothing was changed", e);
        }
    }

    private static void put(Path file, Connection connection, Dialect dialect, boolean replace)
            throws SQLException, IOException {
        var tables = Tables.inOrder(connection);
        boolean isLed = tables.contains("leadership");
        long epoch = isLed ? hold(connection, dialect) : 0;
        long present = 0;
        for (var table : tables) {
            present += OWN.contains(table) ? 0 : Tables.count(connection, table);
        }
        if (present > 0 && !replace) {
            throw Problem.conflict("the store holds " + present + " rows; --replace puts the copy in their place");
        }
        Restorer.empty(connection, tables);
        try (var restorer = new Restorer(connection, tables)) {
            new CopyReader(file).read(restorer);
        }
        try (var statement = connection.createStatement()) {
            if (isLed) {
                statement.executeUpdate("UPDATE leadership SET holder = '', expires = 0, epoch = 1 + CASE WHEN epoch > "
                        + epoch + " THEN epoch ELSE " + epoch + " END");
            }
            statement.executeUpdate("DELETE FROM meta WHERE name = 'store_id'"); // it is another store from now on
        }
    }

    /** Keeps candidates away until the end of the transaction; fails when one leads already. */
    private static long hold(Connection connection, Dialect dialect) throws SQLException {
        var lock = dialect.isExclusive() ? "" : " FOR UPDATE";
        var sql = "SELECT epoch, holder, expires - " + dialect.now() + " FROM leadership WHERE name = 'coordinator'"
                + lock;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            if (!row.next()) {
                return 0;
            }
            if (!dialect.isExclusive() && !row.getString(2).isEmpty() && row.getLong(3) > 0) {
                throw Problem.conflict("the store is in use by coordinator " + row.getString(2) + "; stop it first");
            }
            return row.getLong(1);
        }
    }

    /** Looks at every table, and at the file's inner order where there is one. */
    public Copy check() {
        try (var database = look();
                var connection = snapshot(database)) {
            if (database.dialect() == Dialect.SQLITE) {
                requireNothing(connection, "PRAGMA integrity_check", "ok");
                requireNothing(connection, "PRAGMA foreign_key_check", "");
            }
            var rows = new LinkedHashMap<String, Long>();
            for (var table : Tables.inOrder(connection)) {
                rows.put(table, Tables.count(connection, table));
            }
            return new Copy(database.schema().version(), clock.instant(), rows);
        } catch (SQLException e) {
            throw failed("the store cannot be checked", e);
        }
    }

    private static void requireNothing(Connection connection, String pragma, String sound) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(pragma)) {
            while (rows.next()) {
                if (!rows.getString(1).equals(sound)) {
                    throw Schema.unusable("is damaged (" + rows.getString(1) + "); restore a copy");
                }
            }
        }
    }

    private static Connection snapshot(Database database) throws SQLException {
        var connection = database.connect();
        if (database.dialect() == Dialect.POSTGRES) {
            try (var statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            }
        }
        return connection;
    }

    private Database look() {
        var server = config.server();
        return server == null
                ? SqliteFile.look(directory)
                : PostgresServer.open(server, Durability.FSYNC, Schema::requireKnown);
    }

    private Database open(Consumer<Schema> prepare) {
        var server = config.server();
        return server == null
                ? SqliteFile.open(directory, Durability.FSYNC, prepare)
                : PostgresServer.open(server, Durability.FSYNC, prepare);
    }

    private static Problem failed(String what, Exception cause) {
        return new Problem(Kind.INTERNAL, what + " (" + cause.getMessage() + ")");
    }
}
