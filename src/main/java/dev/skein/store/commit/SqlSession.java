package dev.skein.store.commit;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.store.Store.Session;
import dev.skein.store.Store.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection for one thread that must not wait for others. */
final class SqlSession implements Session {
    private static final Logger log = LoggerFactory.getLogger(SqlSession.class);

    private final Database database;
    private final Duration deadline;
    private @Nullable Connection connection;

    SqlSession(Database database, Duration deadline) {
        this.database = database;
        this.deadline = deadline;
    }

    @Override
    public <T extends @Nullable Object> T run(Work<T> work) {
        try {
            var open = connect();
            var result = work.run(new JdbcTransaction(open));
            open.commit();
            return result;
        } catch (SQLException failure) {
            close();
            var problem = database.storageFault(failure);
            if (problem != null) {
                throw problem;
            }
            log.error("the store refused a statement", failure);
            throw new Problem(Kind.INTERNAL, "internal error");
        } catch (RuntimeException failure) {
            close(); // rolls back
            throw failure;
        }
    }

    private Connection connect() throws SQLException {
        var open = connection;
        if (open == null) {
            open = database.connect();
            connection = open;
            if (!database.dialect().isExclusive()) {
                open.setNetworkTimeout(Runnable::run, (int) deadline.toMillis());
            }
        }
        return open;
    }

    @Override
    public void close() {
        var open = connection;
        connection = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (SQLException e) {
            log.debug("a session did not close", e);
        }
    }
}
