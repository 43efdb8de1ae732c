package dev.skein.store.commit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import dev.skein.store.Dialect;
import dev.skein.store.Durability;
import dev.skein.store.EmbeddedServer;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import dev.skein.store.Transaction;
import dev.skein.store.postgres.PostgresServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real server whose answer to a commit is lost on the way back. */
class DoubtfulCommitTest {
    private final Vertx vertx = Vertx.vertx();
    private final Deaf database = new Deaf();
    private Store store;

    @BeforeEach
    void open() {
        var config = new StoreConfig(Durability.FSYNC, 100, 10, Duration.ofSeconds(5), database.config);
        store = SqlStore.start(vertx, config, database, SteadyClock.system());
    }

    @AfterEach
    void close() throws Exception {
        store.close().await(5, SECONDS);
        vertx.close().await(5, SECONDS);
    }

    @Test
    void a_commit_that_was_made_but_not_answered_is_a_success() throws Exception {
        database.losesAnswers = true;

        assertThat(put("a").await(10, SECONDS)).isEqualTo(1);
        assertThat(names()).containsExactly("a");
    }

    @Test
    void when_the_outcome_cannot_be_learned_in_time_it_is_reported_as_unknown() throws Exception {
        database.losesAnswers = true;
        database.isForgetful = true;

        assertThatThrownBy(() -> put("a").await(10, SECONDS))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo(Store.UNKNOWN));
        assertThat(names()).containsExactly("a");
    }

    private Future<Integer> put(String name) {
        return store.write(tx -> tx.update("INSERT INTO meta (name, value) VALUES (?, '')", name));
    }

    private List<String> names() throws Exception {
        return store.read(tx -> tx.query("SELECT name FROM meta", row -> row.getString(1)))
                .await(5, SECONDS);
    }

    /** Everything is PostgreSQL's but the way back. */
    private static final class Deaf implements Database {
        private final StoreConfig.Server config = hasty(EmbeddedServer.database());
        private final PostgresServer server = PostgresServer.open(config, Durability.FSYNC);
        private volatile boolean losesAnswers;
        private volatile boolean isForgetful;

        private static StoreConfig.Server hasty(StoreConfig.Server server) {
            var second = Duration.ofSeconds(1);
            return new StoreConfig.Server(server.url(), server.user(), server.password(), second, second);
        }

        @Override
        public Connection connect() throws SQLException {
            var connection = server.connect();
            return (Connection) Proxy.newProxyInstance(
                    Deaf.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        var result = invoke(connection, method, arguments);
                        if (losesAnswers && method.getName().equals("commit")) {
                            connection.close();
                            throw new SQLException("An I/O error occurred while sending to the backend.", "08006");
                        }
                        return result;
                    });
        }

        private static Object invoke(Connection connection, java.lang.reflect.Method method, Object[] arguments)
                throws Throwable {
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        @Override
        public Outcome outcomeOf(String name, Transaction fresh) throws SQLException {
            return isForgetful ? Outcome.OPEN : server.outcomeOf(name, fresh);
        }

        @Override
        public Dialect dialect() {
            return server.dialect();
        }

        @Override
        public Connection connectReadOnly() throws SQLException {
            return server.connectReadOnly();
        }

        @Override
        public Schema schema() {
            return server.schema();
        }

        @Override
        public boolean isSingleConnection() {
            return false;
        }

        @Override
        public Problem storageFault(SQLException failure) {
            return server.storageFault(failure);
        }

        @Override
        public String nameOf(Transaction running) throws SQLException {
            return server.nameOf(running);
        }

        @Override
        public void sync(Connection connection) {}

        @Override
        public void close() {}
    }
}
