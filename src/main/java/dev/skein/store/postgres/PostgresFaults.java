package dev.skein.store.postgres;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL's states mean for the one who asked.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">its table of states</a>
 */
final class PostgresFaults {
    private static final String DISK_FULL = "53100";
    private static final String READ_ONLY = "25006";
    private static final Set<String> DAMAGE =
            Set.of("58030", "XX001", "XX002"); // I/O error, broken table, broken index
    private static final Set<String> CONTENTION =
            Set.of("40001", "40P01", "55P03", "57014"); // serialization, deadlock, lock wait, statement too long
    private static final Set<String> GONE_CLASSES = Set.of("08", "57", "53"); // connection, operator, resources
    private static final String IDLE_TOO_LONG = "25P03";
    private static final int CLASS_CHARS = 2;

    private PostgresFaults() {}

    /** The problem when the server or the way to it is to blame; null when the statement itself is. */
    static @Nullable Problem storage(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        if (state.equals(DISK_FULL)) {
            return refused("its disk is full");
        }
        if (state.equals(READ_ONLY)) {
            return refused("it is read-only");
        }
        if (DAMAGE.contains(state)) {
            return refused("its disk fails");
        }
        if (CONTENTION.contains(state)) {
            return Problem.busy("the store is too busy: nothing was changed");
        }
        boolean isGone = state.equals(IDLE_TOO_LONG)
                || (state.length() > CLASS_CHARS && GONE_CLASSES.contains(state.substring(0, CLASS_CHARS)));
        return isGone ? Problem.busy("the store cannot be reached: nothing was changed") : null;
    }

    private static Problem refused(String why) {
        var message = "the store cannot be written, " + why + ": nothing was changed";
        return new Problem(Kind.STORAGE_FULL, "storage_full", message, List.of());
    }
}
