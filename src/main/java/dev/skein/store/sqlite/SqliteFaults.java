package dev.skein.store.sqlite;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** What SQLite's result codes mean for the one who asked. */
final class SqliteFaults {
    private static final int PRIMARY_CODE = 0xff; // extended result codes carry their family in the low byte

    private SqliteFaults() {}

    /** The problem when the disk or the file refuses writes; null when the statement itself is to blame. */
    static @Nullable Problem storage(SQLException failure) {
        return switch (familyOf(failure)) {
            case SQLITE_FULL -> refused("the disk is full");
            case SQLITE_IOERR -> refused("the disk is full or fails");
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN -> refused("its file cannot be written");
            case SQLITE_CORRUPT, SQLITE_NOTADB -> refused("its file is damaged");
            case SQLITE_BUSY, SQLITE_LOCKED ->
                Problem.busy("the store is locked by another process: nothing was changed");
            default -> null;
        };
    }

    static SQLiteErrorCode familyOf(SQLException failure) {
        return SQLiteErrorCode.getErrorCode(failure.getErrorCode() & PRIMARY_CODE);
    }

    private static Problem refused(String why) {
        var message = "the store cannot be written, " + why + ": nothing was changed";
        return new Problem(Kind.STORAGE_FULL, "storage_full", message, List.of());
    }
}
