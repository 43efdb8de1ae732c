package dev.skein.store.commit;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** The tables, brought to the newest version that this jar knows; never an older one. */
public final class Schema {
    private final String shown;
    private final DataSource source;
    private final Flyway flyway;

    /**
     * The schema of one database.
     *
     * @param shown what the database is called in messages
     */
    public Schema(String shown, DataSource source) {
        this.shown = shown;
        this.source = source;
        this.flyway = flyway(null);
    }

    private Flyway flyway(@Nullable String target) {
        var configuration = Flyway.configure()
                .dataSource(source)
                .locations("classpath:migrations")
                .validateMigrationNaming(true);
        return (target == null ? configuration : configuration.target(target)).load();
    }

    /** Blocks. Fails with a {@link Problem} of one sentence. */
    public void migrate() {
        migrate(flyway);
    }

    /** Makes the tables as they were in that version, where there are none; fails where they are of another. */
    public void migrateTo(String version) {
        var found = version();
        if (found.isEmpty()) {
            migrate(flyway(version));
        } else if (!found.equals(version)) {
            throw unusable(shown + " has schema " + found + " and the copy has schema " + version
                    + "; restore it into an empty store, which is then brought to the newest");
        }
    }

    /** Fails when the tables are newer than this jar. */
    public void requireKnown() {
        try {
            refuseNewer();
        } catch (FlywayException e) {
            throw unmigrated(e);
        }
    }

    /** The version of the tables; empty when there are none. */
    public String version() {
        try {
            var current = flyway.info().current();
            return current == null ? "" : String.valueOf(current.getVersion());
        } catch (FlywayException e) {
            throw unmigrated(e);
        }
    }

    private void migrate(Flyway to) {
        try {
            refuseNewer();
            to.migrate();
        } catch (FlywayException e) {
            throw unmigrated(e);
        }
    }

    private Problem unmigrated(FlywayException e) {
        return unusable(shown + " could not be brought to the schema of this version ("
                + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given") + ")");
    }

    private void refuseNewer() {
        for (var migration : flyway.info().all()) {
            if (migration.getState().isApplied() && !migration.getState().isResolved()) {
                throw unusable(shown + " was written by a newer version of Skein (schema " + migration.getVersion()
                        + "), which this one cannot read");
            }
        }
    }

    /** What to do about a store that is damaged. */
    public static String restoring() {
        return "restore a copy: skein store restore -f CONF --replace COPY";
    }

    /** Why a store cannot be opened, after the words "the store". */
    public static Problem unusable(String why) {
        return new Problem(Kind.INTERNAL, "store_unusable", "the store " + why, List.of());
    }
}
