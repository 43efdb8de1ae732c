package dev.skein.store;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store in one SQLite file, {@code skein.db}; only one process at a time may have it open. */
public final class SqliteStore implements Store {
    private static final Logger log = LoggerFactory.getLogger(SqliteStore.class);

    private final Vertx vertx;
    private final StoreConfig config;
    private final SqliteFile file;
    private final GroupCommit writer;
    private final ThreadPoolExecutor readers;
    private @Nullable JdbcTransaction reading; // confined to the one thread of readers

    private SqliteStore(Vertx vertx, StoreConfig config, SqliteFile file, InstantSource clock) {
        this.vertx = vertx;
        this.config = config;
        this.file = file;
        this.writer = new GroupCommit(file::connect, config, clock);
        var waiting = new ArrayBlockingQueue<Runnable>(config.queueMax());
        this.readers = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, waiting, task -> daemon(task));
    }

    /**
     * Opens the file, creating it and bringing it to the newest schema where needed.
     *
     * @param directory where {@code skein.db} is or shall be
     * @return fails with a {@link Problem} of one sentence when the file is read-only, damaged, in use or of a newer
     *     version
     */
    public static Future<Store> open(Vertx vertx, Path directory, StoreConfig config, InstantSource clock) {
        return vertx.executeBlocking(() -> {
            var store = new SqliteStore(vertx, config, SqliteFile.open(directory, config.durability()), clock);
            store.writer.start();
            return store;
        });
    }

    @Override
    public <T extends @Nullable Object> Future<T> write(Work<T> transition) {
        return writer.submit(transition);
    }

    @Override
    public <T extends @Nullable Object> Future<T> read(Work<T> query) {
        if (config.durability() == Durability.MEMORY) {
            return writer.submit(query); // connections that share memory would lock each other out
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
            if (reading == null) {
                reading = new JdbcTransaction(readOnly());
            }
            pending.run(reading);
        } catch (SQLException e) {
            log.error("the store cannot be read", e);
            pending.failed(new Problem(Kind.INTERNAL, "the store cannot be read"));
            closeReader();
        } catch (RuntimeException e) {
            pending.failed(e);
        }
        pending.settle();
    }

    /** Every statement is its own transaction, so that no old snapshot keeps the log from being cut. */
    private Connection readOnly() throws SQLException {
        var connection = file.connect();
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only=ON");
        }
        return connection;
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
        file.close();
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
