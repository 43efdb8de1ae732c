package dev.skein.store.commit;

import dev.skein.kernel.Problem;
import dev.skein.store.Dialect;
import dev.skein.store.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One open database and how it differs from others. Thread-safe; its connections are not. */
public interface Database extends AutoCloseable {
    /** What became of a transaction whose commit was not answered. */
    enum Outcome {
        COMMITTED,
        ABORTED,
        /** It may still become either. */
        OPEN
    }

    Dialect dialect();

    Schema schema();

    /** For writing; auto-commit is off. */
    Connection connect() throws SQLException;

    /** For reading; every statement is its own transaction. */
    Connection connectReadOnly() throws SQLException;

    /** Whether readers must share the writer's connection. */
    boolean isSingleConnection();

    /** What to tell when the storage or the way to it is to blame; null when the statement itself is. */
    @Nullable
    Problem storageFault(SQLException failure);

    /**
     * A name by which the running transaction can be asked for after its connection is lost.
     *
     * @return null where a commit that fails has certainly not happened
     */
    @Nullable
    String nameOf(Transaction running) throws SQLException;

    /** Asks over {@code fresh} for the transaction of that name. */
    Outcome outcomeOf(String name, Transaction fresh) throws SQLException;

    /** Moves what was committed without a sync to the disk, where that is not the server's own task. */
    void sync(Connection connection) throws SQLException;

    @Override
    void close();
}
