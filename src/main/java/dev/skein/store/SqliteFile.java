package dev.skein.store;

import dev.skein.kernel.Ids;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/** The database file: owned by one process, readable by its user only, checked and brought to the newest schema. */
final class SqliteFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SqliteFile.class);
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    private final String shown;
    private final SQLiteDataSource source;
    private final @Nullable AutoCloseable held; // the lock, or what keeps a database in memory alive

    private SqliteFile(String shown, SQLiteDataSource source, @Nullable AutoCloseable held) {
        this.shown = shown;
        this.source = source;
        this.held = held;
    }

    /** Blocks. Fails with a {@link Problem} that says in one sentence what is wrong. */
    static SqliteFile open(Path directory, Durability durability) {
        if (durability == Durability.MEMORY) {
            var url = "jdbc:sqlite:file:skein-" + Ids.hex(8) + "?mode=memory&cache=shared";
            return inMemory(source(url, durability));
        }
        var file = directory.resolve("skein.db");
        var lock = prepare(directory, file);
        return ready(new SqliteFile(file.toString(), source("jdbc:sqlite:" + file, durability), lock));
    }

    private static SqliteFile inMemory(SQLiteDataSource source) {
        try {
            return ready(new SqliteFile("in memory", source, source.getConnection()));
        } catch (SQLException e) {
            throw unusable("in memory cannot be opened (" + e.getMessage() + ")");
        }
    }

    Connection connect() throws SQLException {
        var connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static SqliteFile ready(SqliteFile file) {
        try {
            file.check();
            file.migrate();
            return file;
        } catch (RuntimeException unusable) {
            file.close();
            throw unusable;
        }
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

    private static FileChannel prepare(Path directory, Path file) {
        try {
            Files.createDirectories(directory);
            if (!Files.exists(file)) {
                Files.createFile(file, ownerOnly());
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
    private static FileChannel lock(Path directory) throws IOException {
        var path = directory.resolve("skein.db.lock");
        var channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw unusable(directory + " is in use by another coordinator");
        }
        return channel;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            return held != null;
        } catch (OverlappingFileLockException withinThisProcess) {
            return false;
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }

    private void check() {
        try (var transaction = new JdbcTransaction(connect())) {
            var found = transaction.query("PRAGMA quick_check(1)", row -> row.getString(1));
            if (!found.equals(List.of("ok"))) {
                throw damaged(String.join("; ", found));
            }
        } catch (SQLException e) {
            throw switch (Faults.familyOf(e)) {
                case SQLITE_CORRUPT, SQLITE_NOTADB -> damaged("it is no sound database");
                default -> unusable(shown + " cannot be opened (" + e.getMessage() + ")");
            };
        }
    }

    private void migrate() {
        try {
            var flyway = Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:migrations")
                    .load();
            refuseNewer(flyway);
            flyway.migrate();
        } catch (FlywayException e) {
            throw unusable(shown + " could not be brought to the schema of this version ("
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given") + ")");
        }
    }

    private void refuseNewer(Flyway flyway) {
        for (var migration : flyway.info().all()) {
            if (migration.getState().isApplied() && !migration.getState().isResolved()) {
                throw unusable(shown + " was written by a newer version of Skein (schema " + migration.getVersion()
                        + "), which this one cannot read");
            }
        }
    }

    private Problem damaged(String how) {
        return unusable(shown + " is damaged (" + how + "); restore a copy of it or move it away");
    }

    private static Problem unusable(String why) {
        return new Problem(Kind.INTERNAL, "store_unusable", "the store " + why, List.of());
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
