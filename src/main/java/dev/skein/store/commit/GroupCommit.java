package dev.skein.store.commit;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.store.Durability;
import dev.skein.store.Store;
import dev.skein.store.Store.Health;
import dev.skein.store.Store.Work;
import dev.skein.store.StoreConfig;
import dev.skein.store.commit.Database.Outcome;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
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
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String DOUBT =
            "the store was lost while it committed: the change may or may not have been made";

    private final Database database;
    private final StoreConfig config;
    private final InstantSource clock;
    private final Inbox<Pending<?>> inbox;
    private final Thread thread = new Thread(this, "skein-store-writer");
    private volatile Health health = Health.GOOD;
    private @Nullable Connection connection; // from here on confined to the writer's thread
    private @Nullable JdbcTransaction transaction;
    private @Nullable Instant unsyncedSince;

    GroupCommit(Database database, StoreConfig config, InstantSource clock) {
        this.database = database;
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
        var name = database.nameOf(Objects.requireNonNull(transaction));
        if (batch.size() == 1) {
            runOnly(batch.get(0), target);
        } else {
            for (var pending : batch) {
                runAlone(pending, target);
            }
        }
        commit(batch, target, name);
        if (syncs() && unsyncedSince == null) {
            unsyncedSince = clock.instant();
        }
    }

    /** One that has the transaction to itself needs no savepoint, which costs two questions to a server. */
    private void runOnly(Pending<?> pending, Connection target) throws SQLException {
        try {
            pending.run(Objects.requireNonNull(transaction));
        } catch (SQLException failure) {
            pending.failed(refusal(failure));
            target.rollback();
        } catch (RuntimeException failure) {
            pending.failed(failure);
            target.rollback();
        }
    }

    private void runAlone(Pending<?> pending, Connection target) throws SQLException {
        var before = target.setSavepoint();
        try {
            pending.run(Objects.requireNonNull(transaction));
            target.releaseSavepoint(before);
        } catch (SQLException failure) {
            pending.failed(refusal(failure));
            target.rollback(before);
        } catch (RuntimeException failure) {
            pending.failed(failure);
            target.rollback(before);
        }
    }

    /** What to tell the one whose statement failed; when it is the storage that failed, all of the batch do. */
    private Problem refusal(SQLException failure) throws SQLException {
        if (database.storageFault(failure) != null) {
            throw failure;
        }
        log.error("a transition was refused by the store", failure);
        return new Problem(Kind.INTERNAL, "internal error");
    }

    private void commit(List<Pending<?>> batch, Connection target, @Nullable String name) throws SQLException {
        try {
            target.commit();
        } catch (SQLException failure) {
            if (name == null || database.storageFault(failure) == null) {
                throw failure;
            }
            log.warn("a commit was not answered: {}", failure.getMessage());
            disconnect();
            if (!wasCommitted(batch, name)) {
                throw failure;
            }
        }
    }

    /** Asks until it is certain or the time is over; then nobody is told that nothing was changed. */
    private boolean wasCommitted(List<Pending<?>> batch, String name) {
        var end = clock.instant().plus(config.outcomeDeadline());
        while (true) {
            var outcome = ask(name);
            if (outcome != Outcome.OPEN) {
                log.info("a commit without an answer turned out {}", outcome);
                return outcome == Outcome.COMMITTED;
            }
            if (clock.instant().isAfter(end)) {
                var problem = new Problem(Kind.TIMEOUT, Store.UNKNOWN, DOUBT, List.of());
                batch.forEach(pending -> pending.failed(problem));
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private Outcome ask(String name) {
        try {
            connect();
            return database.outcomeOf(name, Objects.requireNonNull(transaction));
        } catch (SQLException e) {
            log.debug("the outcome of a commit cannot be asked for", e);
            return Outcome.OPEN;
        } finally {
            disconnect();
        }
    }

    private void abandon(List<Pending<?>> batch, SQLException failure) {
        var problem = database.storageFault(failure);
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
            connection = database.connect();
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
        if (unsyncedSince == null || connection == null) {
            return;
        }
        unsyncedSince = null;
        try {
            database.sync(connection);
        } catch (SQLException e) {
            log.warn("the store could not be synchronised: {}", e.getMessage());
            disconnect();
        }
    }
}
