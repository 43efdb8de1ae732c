package dev.skein.store;

import dev.skein.config.Secret;
import dev.skein.kernel.Ids;
import dev.skein.store.StoreConfig.Server;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;

/** One PostgreSQL server for all tests of this JVM, which ends with it; every test gets a database of its own. */
public final class EmbeddedServer {
    private static final EmbeddedPostgres RUNNING = start();

    private EmbeddedServer() {}

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setServerConfig("max_connections", "60")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new and empty database. */
    public static Server database() {
        var name = "skein_" + Ids.hex(6);
        execute("CREATE DATABASE " + name);
        var url = RUNNING.getJdbcUrl("postgres", name).split("[?]", 2)[0];
        return new Server(url, "postgres", new Secret(""), Duration.ofSeconds(3), Duration.ofSeconds(5));
    }

    /** Runs a statement as the server's owner, outside of every transaction. */
    public static void execute(String sql) {
        try (var connection = RUNNING.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
