package dev.skein.cli.moving;

import static dev.skein.cli.show.Column.Form.ID;
import static dev.skein.cli.show.Column.Form.NUMBER;
import static dev.skein.cli.show.Column.Form.STATE;
import static dev.skein.cli.show.Column.Form.TEXT;

import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import java.util.List;

/** What moves look like in a table. */
final class Kinds {
    static final Kind MIGRATION = new Kind(
            "migrations",
            "id",
            List.of(
                    Column.of("ID", "id", ID),
                    Column.of("PIPELINE", "pipeline_name", TEXT),
                    Column.of("FROM", "source_worker", TEXT),
                    Column.of("TO", "target_worker", TEXT),
                    Column.of("STATUS", "status", STATE),
                    Column.of("REASON", "reason", TEXT),
                    Column.of("MILLIS", "elapsed_ms", NUMBER),
                    Column.wide("STATE-MOVED", "state_moved", TEXT),
                    Column.wide("GROUP", "group_id", TEXT)));

    static final Kind STARTED = new Kind(
            "migrations",
            "migration_id",
            List.of(
                    Column.of("MIGRATION", "migration_id", TEXT),
                    Column.of("PIPELINE", "pipeline", TEXT),
                    Column.of("STATUS", "status", STATE)));

    static final Kind DRAINED = new Kind(
            "drains",
            "worker_id",
            List.of(
                    Column.of("WORKER", "worker_id", TEXT),
                    Column.of("STATUS", "status", STATE),
                    Column.of("MOVED", "pipelines_migrated", NUMBER),
                    Column.of("REMAINING", "remaining", TEXT)));

    static final Kind CORDONED = new Kind(
            "workers",
            "worker_id",
            List.of(Column.of("WORKER", "worker_id", TEXT), Column.of("CORDONED", "cordoned", TEXT)));

    static final Kind REBALANCED = new Kind(
            "rebalances",
            "migrations_started",
            List.of(
                    Column.of("STARTED", "migrations_started", NUMBER),
                    Column.of("MIGRATIONS", "migration_ids", TEXT)));

    static final Kind STEP = new Kind(
            "steps",
            "pipeline_name",
            List.of(
                    Column.of("PIPELINE", "pipeline_name", TEXT),
                    Column.of("ACTION", "action", TEXT),
                    Column.of("WORKER", "worker_id", TEXT),
                    Column.of("REASONS", "reasons", TEXT)));

    private Kinds() {}
}
