package dev.skein.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.noun.DeleteCommand;
import dev.skein.cli.noun.ListCommand;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Workers that are reached over HTTP. */
@Command(
        name = "remote",
        aliases = "remotes",
        description = "Show, add and remove workers that are no members and are given jobs over HTTP.",
        subcommands = {RemoteCommand.Listing.class, RemoteAddCommand.class, RemoteCommand.Delete.class})
public final class RemoteCommand {
    static final String WORKERS = "//api/workers";

    static final Kind REMOTE = new Kind(
            "remotes",
            "id",
            List.of(
                    Column.of("ID", "id", Column.Form.TEXT),
                    Column.of("STATUS", "status", Column.Form.STATE),
                    Column.of("RUNNING", "running", Column.Form.NUMBER),
                    Column.of("MAX", "limit", Column.Form.NUMBER),
                    Column.of("CAPABILITIES", "capabilities", Column.Form.TEXT),
                    Column.of("REASON", "reason", Column.Form.TEXT),
                    Column.wide("SEEN-SECS", "last_seen_secs", Column.Form.NUMBER),
                    Column.wide("USED", "memory.used", Column.Form.TEXT),
                    Column.wide("TOTAL", "memory.total", Column.Form.TEXT)));

    @Mixin
    HelpFlag help = new HelpFlag();

    /** All of them. */
    @Command(
            name = "list",
            description = "List the workers over HTTP, how they are, and why one is left out.",
            footer = {
                "skein remote list",
                "skein remote list --filter 'status=unreachable' -o json",
                "skein remote list --watch"
            })
    public static final class Listing extends ListCommand {
        public Listing(Shell shell) {
            super(shell, REMOTE);
        }

        @Override
        protected List<JsonNode> all(Api api) {
            return api.all(WORKERS + "/status", "workers").stream()
                    .filter(worker -> worker.path("remote").asBoolean())
                    .toList();
        }
    }

    /** Uses them no more. */
    @Command(
            name = "delete",
            aliases = {"rm", "remove"},
            description = "Use workers over HTTP no more; what they do is given to others.",
            footer = {
                "skein remote delete w1.local:3003",
                "skein remote delete w1.local:3003 '[fd00::1]:3003' --yes",
                "skein remote delete w1.local:3003 --yes -o json"
            })
    public static final class Delete extends DeleteCommand {
        @Parameters(arity = "1..*", paramLabel = "HOST:PORT", description = "as it was added")
        List<String> ids = List.of();

        public Delete(Shell shell) {
            super(shell, "id");
        }

        @Override
        protected List<String> words() {
            return ids;
        }

        @Override
        protected String path(String word) {
            return WORKERS + "/remove/" + Api.part(word);
        }

        @Override
        protected String consequence() {
            return "removed, what they do is given to others";
        }
    }
}
