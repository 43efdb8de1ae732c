package dev.skein.cli.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.node.ReviewWorkerCommand;
import dev.skein.cli.noun.ListCommand;
import dev.skein.cli.review.fix.ReviewFixCommand;
import dev.skein.cli.review.ledger.LedgerCommand;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Code that is reviewed. */
@Command(
        name = "review",
        aliases = "reviews",
        description = "Review code on all workers, and show what was found.",
        subcommands = {
            ReviewStartCommand.class,
            ReviewStatusCommand.class,
            ReviewCommand.Listing.class,
            ReviewCommand.Tasks.class,
            ReviewCommand.Findings.class,
            ReviewChangeCommands.Dismiss.class,
            ReviewChangeCommands.Retry.class,
            ReviewChangeCommands.Prioritize.class,
            ReviewChangeCommands.Cancel.class,
            ReviewExportCommand.class,
            ReviewFixCommand.class,
            ReviewWorkerCommand.class,
            LedgerCommand.class
        })
public final class ReviewCommand {
    static final String WORD = "id, name, or the beginning of an id; left out, the newest";

    static final Kind RUN = new Kind(
            "reviews",
            "id",
            List.of(
                    Column.of("ID", "id", Column.Form.ID),
                    Column.of("NAME", "name", Column.Form.TEXT),
                    Column.of("STATE", "state", Column.Form.STATE),
                    Column.of("DONE", "tasks.done", Column.Form.NUMBER),
                    Column.of("LINES", "lines", Column.Form.NUMBER),
                    Column.of("CRITICAL", "findings.critical", Column.Form.NUMBER),
                    Column.of("HIGH", "findings.high", Column.Form.NUMBER),
                    Column.of("MEDIUM", "findings.medium", Column.Form.NUMBER),
                    Column.of("BEGAN", "created_at", Column.Form.AGE),
                    Column.wide("ENGINE", "engine", Column.Form.TEXT),
                    Column.wide("ROOT", "root", Column.Form.TEXT)));

    static final Kind TASK = new Kind(
            "tasks",
            "id",
            List.of(
                    Column.of("ID", "id", Column.Form.ID),
                    Column.of("STATE", "state", Column.Form.STATE),
                    Column.of("PRIORITY", "priority", Column.Form.NUMBER),
                    Column.of("DIRECTORY", "directory", Column.Form.TEXT),
                    Column.of("LINES", "lines", Column.Form.NUMBER),
                    Column.of("FINDINGS", "findings", Column.Form.NUMBER),
                    Column.of("WORKER", "worker", Column.Form.TEXT),
                    Column.wide("ATTEMPT", "attempt", Column.Form.NUMBER),
                    Column.wide("REASON", "reason", Column.Form.TEXT)));

    private static final Kind FINDING = new Kind(
            "findings",
            "fingerprint",
            List.of(
                    Column.of("SEVERITY", "severity", Column.Form.TEXT),
                    Column.of("PLACE", "place", Column.Form.TEXT),
                    Column.of("RULE", "rule", Column.Form.TEXT),
                    Column.of("MESSAGE", "message", Column.Form.TEXT),
                    Column.wide("FINGERPRINT", "fingerprint", Column.Form.TEXT),
                    Column.wide("TASK", "task", Column.Form.TEXT)));

    @Mixin
    HelpFlag help = new HelpFlag();

    /** All of them. */
    @Command(
            name = "list",
            description = "List the reviews, the newest first.",
            footer = {"skein review list", "skein review list --filter 'state=incomplete'", "skein review list -o json"
            })
    public static final class Listing extends ListCommand {
        public Listing(Shell shell) {
            super(shell, RUN);
        }

        @Override
        protected List<JsonNode> all(Api api) {
            return api.all(ReviewApi.PATH, "reviews");
        }
    }

    /** The tasks of one. */
    @Command(
            name = "tasks",
            description = "List the tasks of a review, the most urgent first.",
            footer = {
                "skein review tasks",
                "skein review tasks r-7 --filter 'state=failed' -o wide",
                "skein review tasks r-7 --limit 0 -o jsonl"
            })
    public static final class Tasks extends ListCommand {
        @Parameters(arity = "0..1", paramLabel = "RUN", description = WORD)
        String run = "";

        public Tasks(Shell shell) {
            super(shell, TASK);
        }

        @Override
        protected List<JsonNode> all(Api api) {
            var reviews = new ReviewApi(api);
            return reviews.tasks(reviews.idOf(run));
        }
    }

    /** What one found. */
    @Command(
            name = "findings",
            description = "List what a review found in the tasks that are done.",
            footer = {
                "skein review findings",
                "skein review findings r-7 --severity high -o wide",
                "skein review findings r-7 --filter 'path~auth' --limit 0 -o jsonl"
            })
    public static final class Findings extends ListCommand {
        @Parameters(arity = "0..1", paramLabel = "RUN", description = WORD)
        String run = "";

        @Option(names = "--severity", paramLabel = "SEVERITY", description = "only those at least as severe")
        String severity = "";

        @Option(names = "--suppressed", description = "dismissed and suppressed ones too")
        boolean suppressed;

        private boolean isMore;

        public Findings(Shell shell) {
            super(shell, FINDING);
        }

        @Override
        protected List<JsonNode> all(Api api) {
            var reviews = new ReviewApi(api);
            var id = reviews.idOf(run);
            var query = severity.isEmpty() ? "" : "&severity=" + Api.part(severity);
            boolean whole = list.limit == 0 || list.filter != null || !list.sort.isEmpty();
            var found = new ArrayList<JsonNode>();
            var cursor = "";
            do {
                var page = reviews.findings(id, query, cursor);
                page.path("findings").forEach(finding -> add(found, finding));
                cursor = page.path("next").asText("");
            } while (!cursor.isEmpty() && (whole || found.size() <= list.limit));
            isMore = !cursor.isEmpty();
            return found;
        }

        @Override
        protected boolean isMore() {
            return isMore;
        }

        private void add(List<JsonNode> found, JsonNode finding) {
            if (finding instanceof ObjectNode row && (suppressed || !row.hasNonNull("suppression"))) {
                row.put(
                        "place",
                        row.path("path").asText() + ":" + row.path("start_line").asText());
                found.add(row);
            }
        }
    }
}
