package dev.skein.store.commit;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.store.Dialect;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store over one database: one thread writes, one reads. */
public final class SqlStore implements Store {
    private static final Logger log = LoggerFactory.getLogger(SqlStore.class);

    private final Vertx vertx;
    private final StoreConfig config;
    private final Database database;
    private final GroupCommit writer;
    private final ThreadPoolExecutor readers;
    private @Nullable JdbcTransaction reading; // confined to the one thread of readers

    private SqlStore(Vertx vertx, StoreConfig config, Database database, InstantSource clock) {
        this.vertx = vertx;
        this.config = config;
        this.database = database;
        this.writer = new GroupCommit(database, config, clock);
        var waiting = new ArrayBlockingQueue<Runnable>(config.queueMax());
        this.readers = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, waiting, task -> daemon(task));
    }

    /**
     * Begins to serve.
     *
     * @param database open and of the newest schema; closed with the store
     */
    public static Store start(Vertx vertx, StoreConfig config, Database database, InstantSource clock) {
        var store = new SqlStore(vertx, config, database, clock);
        store.writer.start();
        return store;
    }

    @Override
    public Dialect dialect() {
        return database.dialect();
    }

    @Override
    public <T extends @Nullable Object> Future<T> write(Work<T> transition) {
        return writer.submit(transition);
    }

    @Override
    public <T extends @Nullable Object> Future<T> read(Work<T> query) {
        if (database.isSingleConnection()) {
            return writer.submit(query);
        }
        var pending = new Pending<>(query);
        try {
            readers.execute(() -> read(pending));
            return pending.future();
        } catch (RejectedExecutionException full) {
            return Future.failedFuture(Problem.busy("too many readers wait for the store"));
        }
    }

    private void read(Pending<?> pending) {
        try {
            pending.run(reader());
        } catch (SQLException e) {
            pending.failed(unread(e));
            closeReader();
        } catch (RuntimeException e) {
            pending.failed(e);
        }
        pending.settle();
    }

    /** A connection that the server closed meanwhile is replaced before it is used, not after it has failed. */
    private JdbcTransaction reader() throws SQLException {
        if (reading != null && !reading.isUsable()) {
            closeReader();
        }
        if (reading == null) {
            reading = new JdbcTransaction(database.connectReadOnly());
        }
        return reading;
    }

    private Problem unread(SQLException failure) {
        var problem = database.storageFault(failure);
        if (problem != null && problem.kind() == Kind.BUSY) {
            log.warn("the store cannot be read: {}", failure.getMessage());
            return problem;
        }
        log.error("the store cannot be read", failure);
        return new Problem(Kind.INTERNAL, "the store cannot be read");
    }

    @Override
    public Session session(Duration deadline) {
        return new SqlSession(database, deadline);
    }

    @Override
    public Health health() {
        return writer.health();
    }

    @Override
    public Future<Void> close() {
        return vertx.executeBlocking(this::closeNow, false);
    }

    private @Nullable Void closeNow() throws InterruptedException {
        if (readers.isShutdown()) {
            return null;
        }
        writer.close();
        readers.execute(this::closeReader);
        readers.shutdown();
        if (!readers.awaitTermination(config.closeDeadline().toMillis(), TimeUnit.MILLISECONDS)) {
            log.warn("a reader of the store did not end in time");
        }
        database.close();
        return null;
    }

    private void closeReader() {
        try {
            if (reading != null) {
                reading.close();
            }
        } catch (SQLException e) {
            log.warn("the store's reader did not close: {}", e.getMessage());
        }
        reading = null;
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "skein-store-reader");
        thread.setDaemon(true);
        return thread;
    }
}
