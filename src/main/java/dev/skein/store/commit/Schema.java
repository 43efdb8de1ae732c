package dev.skein.store.commit;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables, brought to the newest version that this jar knows; never an older one. */
public final class Schema {
    private final String shown;
    private final Flyway flyway;

    /**
     * The schema of one database.
     *
     * @param shown what the database is called in messages
     */
    public Schema(String shown, DataSource source) {
        this.shown = shown;
        this.flyway = Flyway.configure()
                .dataSource(source)
                .locations("classpath:migrations")
                .validateMigrationNaming(true)
                .load();
    }

    /** Blocks. Fails with a {@link Problem} of one sentence. */
    public void migrate() {
        try {
            refuseNewer();
            flyway.migrate();
        } catch (FlywayException e) {
            throw unusable(shown + " could not be brought to the schema of this version ("
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given") + ")");
        }
    }

    private void refuseNewer() {
        for (var migration : flyway.info().all()) {
            if (migration.getState().isApplied() && !migration.getState().isResolved()) {
                throw unusable(shown + " was written by a newer version of Skein (schema " + migration.getVersion()
                        + "), which this one cannot read");
            }
        }
    }

    /** Why a store cannot be opened, after the words "the store". */
    public static Problem unusable(String why) {
        return new Problem(Kind.INTERNAL, "store_unusable", "the store " + why, List.of());
    }
}
