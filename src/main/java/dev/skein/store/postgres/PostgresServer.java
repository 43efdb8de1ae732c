package dev.skein.store.postgres;

import static dev.skein.store.commit.Schema.unusable;

import dev.skein.kernel.Problem;
import dev.skein.store.Dialect;
import dev.skein.store.Durability;
import dev.skein.store.StoreConfig.Server;
import dev.skein.store.Transaction;
import dev.skein.store.commit.Database;
import dev.skein.store.commit.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database on a PostgreSQL server, 13 or later. Every connection is the property of one thread for as long as it
 * works, so there is no pool.
 */
public final class PostgresServer implements Database {
    private static final int VERSION_MIN = 130_000;

    private final String shown;
    private final Server server;
    private final boolean isSynchronous;

    private PostgresServer(Server server, Durability durability) {
        this.server = server;
        this.shown = server.url().split("[?]", 2)[0];
        this.isSynchronous = durability == Durability.FSYNC;
    }

    /** Blocks. Fails with a {@link Problem} that says in one sentence what is wrong. */
    public static PostgresServer open(Server server, Durability durability) {
        return open(server, durability, Schema::migrate);
    }

    /**
     * Like {@link #open(Server, Durability)}.
     *
     * @param prepare what is done about the tables
     */
    public static PostgresServer open(Server server, Durability durability, Consumer<Schema> prepare) {
        var opened = new PostgresServer(server, durability);
        opened.check();
        prepare.accept(opened.schema());
        return opened;
    }

    @Override
    public Schema schema() {
        return new Schema(shown, source(""));
    }

    private void check() {
        try (var connection = source("").getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT current_setting('server_version_num')::int")) {
            row.next();
            if (row.getInt(1) < VERSION_MIN) {
                throw unusable(shown + " is older than PostgreSQL 13");
            }
        } catch (SQLException e) {
            throw unusable(shown + " cannot be used ("
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given") + ")");
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRES;
    }

    /** A writer that stops in mid-transaction must not hold its locks for longer than a statement may take. */
    @Override
    public Connection connect() throws SQLException {
        long most = server.statementDeadline().toMillis();
        var connection = source(" -c synchronous_commit=" + (isSynchronous ? "on" : "off")
                        + " -c idle_in_transaction_session_timeout=" + most)
                .getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public Connection connectReadOnly() throws SQLException {
        return source(" -c default_transaction_read_only=on").getConnection();
    }

    @Override
    public boolean isSingleConnection() {
        return false;
    }

    @Override
    public @Nullable Problem storageFault(SQLException failure) {
        return PostgresFaults.storage(failure);
    }

    @Override
    public String nameOf(Transaction running) throws SQLException {
        return running.query("SELECT pg_current_xact_id()::text", row -> row.getString(1))
                .get(0);
    }

    /** A server that does not remember the transaction cannot say: it stays open. */
    @Override
    public Outcome outcomeOf(String name, Transaction fresh) throws SQLException {
        var status = fresh.query("SELECT pg_xact_status(CAST(? AS xid8))", row -> row.getString(1), name)
                .get(0);
        return switch (String.valueOf(status)) {
            case "committed" -> Outcome.COMMITTED;
            case "aborted" -> Outcome.ABORTED;
            default -> Outcome.OPEN;
        };
    }

    /** The server's own log writer does it. */
    @Override
    public void sync(Connection connection) {}

    private PGSimpleDataSource source(String options) {
        var source = new PGSimpleDataSource();
        source.setURL(server.url());
        source.setUser(server.user());
        source.setPassword(server.password().reveal());
        source.setApplicationName("skein");
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(seconds(server.connectDeadline()));
        source.setLoginTimeout(seconds(server.connectDeadline()));
        source.setSocketTimeout(seconds(server.statementDeadline().multipliedBy(2)));
        long most = server.statementDeadline().toMillis();
        source.setOptions("-c statement_timeout=" + most + " -c lock_timeout=" + most + options);
        return source;
    }

    private static int seconds(Duration duration) {
        return (int) Math.max(1, duration.toSeconds());
    }

    @Override
    public void close() {} // nothing is held but the connections of those who work with it
}
