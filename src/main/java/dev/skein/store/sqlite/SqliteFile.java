package dev.skein.store.sqlite;

import static dev.skein.store.commit.Schema.unusable;

import dev.skein.kernel.Ids;
import dev.skein.kernel.LockFile;
import dev.skein.kernel.Problem;
import dev.skein.store.Dialect;
import dev.skein.store.Durability;
import dev.skein.store.Transaction;
import dev.skein.store.commit.Database;
import dev.skein.store.commit.JdbcTransaction;
import dev.skein.store.commit.Schema;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/** The database file: owned by one process, readable by its user only, checked and brought to the newest schema. */
public final class SqliteFile implements Database {
    private static final Logger log = LoggerFactory.getLogger(SqliteFile.class);
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    /** Beside a file that is being made, until it has tables: without it a file of 0 bytes has lost them. */
    private static final String NEW = "skein.db.new";

    /** Looks at every page. */
    private static final String WHOLE = "PRAGMA quick_check(1)";

    /** Larger files are looked through beside the work; this much takes about half a second. */
    private static final long CHECKED_FIRST_BYTES_MAX = 64L << 20;

    private final String shown;
    private final boolean inMemory;
    private final SQLiteDataSource source;
    private final @Nullable AutoCloseable held; // the lock, or what keeps a database in memory alive

    private SqliteFile(String shown, boolean inMemory, SQLiteDataSource source, @Nullable AutoCloseable held) {
        this.shown = shown;
        this.inMemory = inMemory;
        this.source = source;
        this.held = held;
    }

    /**
     * Blocks. Fails with a {@link Problem} that says in one sentence what is wrong. The pages of a large file are
     * looked through afterwards, on a thread of its own, and what is wrong with them is only logged.
     */
    public static SqliteFile open(Path directory, Durability durability) {
        return open(directory, durability, CHECKED_FIRST_BYTES_MAX);
    }

    static SqliteFile open(Path directory, Durability durability, long checkedFirstBytesMax) {
        var file = directory.resolve("skein.db").toFile(); // of length 0 when there is none
        if (durability == Durability.MEMORY || file.length() <= checkedFirstBytesMax) {
            return open(directory, durability, Schema::migrate);
        }
        var opened = locked(directory, durability);
        opened.ready(Schema::migrate, "SELECT 'ok' FROM sqlite_schema LIMIT 1");
        opened.checkBeside();
        return opened;
    }

    /** The file as another process may have it open: nothing is locked, made or changed. */
    public static SqliteFile look(Path directory) {
        var file = directory.resolve("skein.db");
        if (!Files.exists(file)) {
            throw Problem.notFound("not_found", "there is no store in " + directory.toAbsolutePath());
        }
        var opened = new SqliteFile(file.toString(), false, source("jdbc:sqlite:" + file, Durability.FSYNC), null);
        return opened.ready(Schema::requireKnown);
    }

    /**
     * Like {@link #open(Path, Durability)}.
     *
     * @param prepare what is done about the tables
     */
    public static SqliteFile open(Path directory, Durability durability, Consumer<Schema> prepare) {
        if (durability == Durability.MEMORY) {
            var url = "jdbc:sqlite:file:skein-" + Ids.hex(8) + "?mode=memory&cache=shared";
            return inMemory(source(url, durability));
        }
        return locked(directory, durability).ready(prepare);
    }

    private static SqliteFile locked(Path directory, Durability durability) {
        var file = directory.resolve("skein.db");
        var lock = prepare(directory, file);
        return new SqliteFile(file.toString(), false, source("jdbc:sqlite:" + file, durability), lock);
    }

    private static SqliteFile inMemory(SQLiteDataSource source) {
        try {
            return new SqliteFile("in memory", true, source, source.getConnection()).ready(Schema::migrate);
        } catch (SQLException e) {
            throw unusable("in memory cannot be opened (" + e.getMessage() + ")");
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public Connection connect() throws SQLException {
        var connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    /** Every statement is its own transaction, so that no old snapshot keeps the log from being cut. */
    @Override
    public Connection connectReadOnly() throws SQLException {
        var connection = source.getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only=ON");
        }
        return connection;
    }

    /** Connections that share memory would lock each other out. */
    @Override
    public boolean isSingleConnection() {
        return inMemory;
    }

    @Override
    public @Nullable Problem storageFault(SQLException failure) {
        return SqliteFaults.storage(failure);
    }

    /** The library is in this process: a commit that fails has not happened. */
    @Override
    public @Nullable String nameOf(Transaction running) {
        return null;
    }

    @Override
    public Outcome outcomeOf(String name, Transaction fresh) {
        return Outcome.ABORTED;
    }

    @Override
    public void sync(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
        }
        connection.setAutoCommit(false);
    }

    private SqliteFile ready(Consumer<Schema> prepare) {
        return ready(prepare, WHOLE);
    }

    private SqliteFile ready(Consumer<Schema> prepare, String check) {
        try {
            check(check);
            prepare.accept(schema());
            if (held instanceof LockFile) {
                Files.deleteIfExists(Path.of(shown).resolveSibling(NEW));
            }
            return this;
        } catch (IOException e) {
            close();
            throw unusable(shown + " cannot be written (" + reason(e) + ")");
        } catch (RuntimeException unusable) {
            close();
            throw unusable;
        }
    }

    @Override
    public Schema schema() {
        return new Schema(shown, source);
    }

    private static SQLiteDataSource source(String url, Durability durability) {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(TransactionMode.DEFERRED);
        if (durability != Durability.MEMORY) {
            config.setJournalMode(JournalMode.WAL);
        }
        config.setSynchronous(durability == Durability.FSYNC ? SynchronousMode.FULL : SynchronousMode.NORMAL);
        var source = new SQLiteDataSource(config);
        source.setUrl(url);
        return source;
    }

    private static LockFile prepare(Path directory, Path file) {
        try {
            Files.createDirectories(directory);
            var mark = file.resolveSibling(NEW);
            if (!Files.exists(file)) {
                Files.write(mark, new byte[0]);
                Files.createFile(file, ownerOnly());
            } else if (Files.size(file) == 0 && !Files.exists(mark)) {
                throw damaged(file.toString(), "it has 0 bytes, and was not made just now");
            }
            if (!Files.isWritable(file)) {
                throw unusable(file + " is read-only");
            }
            return lock(directory);
        } catch (IOException e) {
            throw unusable(directory + " cannot be written (" + reason(e) + ")");
        }
    }

    /** SQLite would let a second process in; two coordinators must not share one truth. */
    private static LockFile lock(Path directory) throws IOException {
        var lock = LockFile.take(directory.resolve("skein.db.lock"));
        if (lock == null) {
            throw unusable(directory + " is in use by another coordinator");
        }
        return lock;
    }

    private static FileAttribute<?>[] ownerOnly() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }

    private void checkBeside() {
        var thread = new Thread(
                () -> {
                    try {
                        check(WHOLE);
                        log.info("{} was looked through and is sound", shown);
                    } catch (RuntimeException damaged) {
                        log.error("{}", damaged.getMessage());
                    }
                },
                "skein-store-check");
        thread.setDaemon(true);
        thread.start();
    }

    /** @param question answered by one row, "ok" */
    private void check(String question) {
        try (var transaction = new JdbcTransaction(connect())) {
            var found = transaction.query(question, row -> row.getString(1));
            if (!found.equals(List.of("ok"))) {
                throw damaged(String.join("; ", found));
            }
        } catch (SQLException e) {
            throw switch (SqliteFaults.familyOf(e)) {
                case SQLITE_CORRUPT, SQLITE_NOTADB -> damaged("it is no sound database");
                default -> unusable(shown + " cannot be opened (" + e.getMessage() + ")");
            };
        }
    }

    private static Problem damaged(String file, String how) {
        return unusable(file + " is damaged (" + how + "); move it away and " + Schema.restoring());
    }

    private Problem damaged(String how) {
        return damaged(shown, how);
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName();
    }

    @Override
    public void close() {
        try {
            if (held != null) {
                held.close();
            }
        } catch (Exception e) {
            log.warn("{} was not let go of: {}", shown, e.getMessage());
        }
    }
}
