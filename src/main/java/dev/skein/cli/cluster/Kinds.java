package dev.skein.cli.cluster;

import static dev.skein.cli.show.Column.Form.AGE;
import static dev.skein.cli.show.Column.Form.ID;
import static dev.skein.cli.show.Column.Form.NUMBER;
import static dev.skein.cli.show.Column.Form.STATE;
import static dev.skein.cli.show.Column.Form.TEXT;

import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import java.util.List;

/** What the things of a cluster look like in a table. */
final class Kinds {
    static final Kind WORKER = new Kind(
            "workers",
            "id",
            List.of(
                    Column.of("ID", "id", TEXT),
                    Column.of("STATUS", "status", STATE),
                    Column.of("PIPELINES", "pipelines_running", NUMBER),
                    Column.of("MAX", "max_pipelines", NUMBER),
                    Column.of("EVENTS", "events_processed", NUMBER),
                    Column.of("ADDRESS", "address", TEXT),
                    Column.wide("CORES", "cpu_cores", NUMBER),
                    Column.wide("ASSIGNED", "assigned_pipelines", TEXT)));

    static final Kind GROUP = new Kind(
            "groups",
            "id",
            List.of(
                    Column.of("ID", "id", ID),
                    Column.of("NAME", "name", TEXT),
                    Column.of("STATUS", "status", STATE),
                    Column.of("PIPELINES", "pipeline_count", NUMBER),
                    Column.of("AGE", "created_at", AGE)));

    static final Kind PLACEMENT = new Kind(
            "placements",
            "pipeline_name",
            List.of(
                    Column.of("PIPELINE", "pipeline_name", TEXT),
                    Column.of("WORKER", "worker_id", TEXT),
                    Column.of("STATUS", "status", STATE),
                    Column.of("EPOCH", "epoch", NUMBER),
                    Column.of("ERROR", "error", TEXT),
                    Column.wide("ADDRESS", "worker_address", TEXT),
                    Column.wide("PIPELINE-ID", "pipeline_id", TEXT)));

    static final Kind INJECTED = new Kind(
            "answers",
            "routed_to",
            List.of(
                    Column.of("ROUTED-TO", "routed_to", TEXT),
                    Column.of("WORKER", "worker_id", TEXT),
                    Column.of("MATCHED", "matched", TEXT),
                    Column.of("OUTPUTS", "worker_response.output_count", NUMBER)));

    static final Kind BATCH = new Kind(
            "answers",
            "events_sent",
            List.of(
                    Column.of("SENT", "events_sent", NUMBER),
                    Column.of("FAILED", "events_failed", NUMBER),
                    Column.of("MICROS", "processing_time_us", NUMBER),
                    Column.of("ERRORS", "errors", TEXT)));

    static final Kind EVENT = new Kind(
            "events",
            "event_type",
            List.of(Column.of("EVENT", "event_type", TEXT), Column.of("FIELDS", "fields", TEXT)));

    static final Kind OUTPUT = new Kind(
            "outputs",
            "seq",
            List.of(
                    Column.of("SEQ", "seq", NUMBER),
                    Column.of("PIPELINE", "pipeline_name", TEXT),
                    Column.of("EVENT", "event_type", TEXT),
                    Column.of("FIELDS", "fields", TEXT),
                    Column.of("AGE", "timestamp", AGE),
                    Column.wide("WORKER", "worker_id", TEXT)));

    static final Kind DELETED = new Kind("deletions", "id", List.of(Column.of("ID", "id", TEXT)));

    private Kinds() {}
}
