package dev.skein.cli.job;

import static dev.skein.cli.show.Column.Form.AGE;
import static dev.skein.cli.show.Column.Form.ID;
import static dev.skein.cli.show.Column.Form.NUMBER;
import static dev.skein.cli.show.Column.Form.STATE;
import static dev.skein.cli.show.Column.Form.TEXT;

import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import java.util.List;

/** What jobs look like in a table. */
final class Kinds {
    static final Kind JOB = new Kind(
            "jobs",
            "id",
            List.of(
                    Column.of("ID", "id", ID),
                    Column.of("TYPE", "type", TEXT),
                    Column.of("STATE", "state", STATE),
                    Column.of("WORKER", "worker", TEXT),
                    Column.of("ATTEMPT", "attempt", NUMBER),
                    Column.of("AGE", "created_at", AGE),
                    Column.of("NOTE", "progress.note", TEXT),
                    Column.of("ERROR", "outcome.message", TEXT),
                    Column.wide("PRIORITY", "priority", NUMBER),
                    Column.wide("MEMORY", "memory_bytes", NUMBER),
                    Column.wide("LABELS", "labels", TEXT),
                    Column.wide("SUBMITTER", "submitter", TEXT)));

    static final Kind ACCEPTED = new Kind(
            "jobs",
            "id",
            List.of(
                    Column.of("ID", "id", TEXT),
                    Column.of("STATE", "state", STATE),
                    Column.of("EXISTING", "existing", TEXT)));

    static final Kind WHY = new Kind(
            "reasons",
            "code",
            List.of(
                    Column.of("REASON", "code", TEXT),
                    Column.of("WORKER", "worker", TEXT),
                    Column.of("MESSAGE", "message", TEXT),
                    Column.wide("JOB", "job", TEXT)));

    private Kinds() {}
}
