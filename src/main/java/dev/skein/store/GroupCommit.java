package dev.skein.store;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.store.Store.Health;
import dev.skein.store.Store.Work;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only writer: takes all that waits, runs each in a savepoint of one transaction, commits, and only then answers.
 *
 * <p>One commit costs one fsync however many transitions share it, so the store gets faster per transition the more of
 * them wait. A transition that throws is rolled back alone; a disk that refuses fails the whole batch.
 */
final class GroupCommit implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
    private static final Duration SYNC_INTERVAL = Duration.ofMillis(50);

    /** Where a connection comes from. */
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    private final Opener opener;
    private final StoreConfig config;
    private final InstantSource clock;
    private final Inbox<Pending<?>> inbox;
    private final Thread thread = new Thread(this, "skein-store-writer");
    private volatile Health health = Health.GOOD;
    private @Nullable Connection connection; // from here on confined to the writer's thread
    private @Nullable JdbcTransaction transaction;
    private @Nullable Instant unsyncedSince;

    GroupCommit(Opener opener, StoreConfig config, InstantSource clock) {
        this.opener = opener;
        this.config = config;
        this.clock = clock;
        this.inbox = new Inbox<>(config.queueMax());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    <T extends @Nullable Object> Future<T> submit(Work<T> work) {
        var pending = new Pending<>(work);
        if (inbox.offer(pending)) {
            return pending.future();
        }
        var reason = inbox.closed() ? "the store is closed" : "too many changes wait for the store";
        return Future.failedFuture(Problem.busy(reason + ": nothing was changed"));
    }

    Health health() {
        return health;
    }

    /** Blocks until everything submitted is settled or the time is over. */
    void close() throws InterruptedException {
        inbox.close();
        thread.join(config.closeDeadline().toMillis());
    }

    @Override
    public void run() {
        try {
            while (!inbox.drained()) {
                writeAll(
                        inbox.take(config.batchMax(), syncs() && unsyncedSince != null ? SYNC_INTERVAL.toMillis() : 0));
            }
            sync();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private void writeAll(List<Pending<?>> batch) {
        if (!batch.isEmpty()) {
            try {
                write(batch);
                health = Health.GOOD;
            } catch (SQLException failure) {
                abandon(batch, failure);
            }
            batch.forEach(Pending::settle);
        }
        if (unsyncedSince != null && !clock.instant().isBefore(unsyncedSince.plus(SYNC_INTERVAL))) {
            sync();
        }
    }

    private void write(List<Pending<?>> batch) throws SQLException {
        var target = connect();
        for (var pending : batch) {
            runAlone(pending, target);
        }
        target.commit();
        if (syncs() && unsyncedSince == null) {
            unsyncedSince = clock.instant();
        }
    }

    private void runAlone(Pending<?> pending, Connection target) throws SQLException {
        var before = target.setSavepoint();
        try {
            pending.run(Objects.requireNonNull(transaction));
            target.releaseSavepoint(before);
        } catch (SQLException failure) {
            if (Faults.storage(failure) != null) {
                throw failure;
            }
            log.error("a transition was refused by the store", failure);
            pending.failed(new Problem(Kind.INTERNAL, "internal error"));
            target.rollback(before);
        } catch (RuntimeException failure) {
            pending.failed(failure);
            target.rollback(before);
        }
    }

    private void abandon(List<Pending<?>> batch, SQLException failure) {
        var problem = Faults.storage(failure);
        if (problem == null) {
            log.error("a commit failed", failure);
            problem = new Problem(Kind.INTERNAL, "internal error");
        } else if (health.writable()) {
            log.warn("{} ({})", problem.sentence(), failure.getMessage());
        }
        health = new Health(false, problem.sentence());
        for (var pending : batch) {
            pending.failed(problem);
        }
        disconnect(); // rolls back; SQLite may have done so by itself, and then the driver's idea of the state is wrong
    }

    private Connection connect() throws SQLException {
        if (connection == null) {
            connection = opener.open();
            transaction = new JdbcTransaction(connection);
        }
        return connection;
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            log.warn("the store's connection did not close: {}", e.getMessage());
        }
        connection = null;
        transaction = null;
    }

    private boolean syncs() {
        return config.durability() == Durability.ASYNC;
    }

    /** Moves what was committed without a sync to the disk. */
    private void sync() {
        if (unsyncedSince == null || connection == null || transaction == null) {
            return;
        }
        unsyncedSince = null;
        try {
            connection.setAutoCommit(true);
            transaction.update("PRAGMA wal_checkpoint(PASSIVE)");
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            log.warn("the store could not be synchronised: {}", e.getMessage());
            disconnect();
        }
    }
}
