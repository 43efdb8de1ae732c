package dev.skein.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Contexts;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import dev.skein.cli.show.ListOptions;
import dev.skein.cli.show.Lister;
import dev.skein.kernel.SteadyClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The places that commands may be sent to. */
@Command(
        name = "context",
        aliases = "contexts",
        description = "Show the contexts of ~/.config/skein/config.yaml.",
        subcommands = ContextCommand.Listing.class)
public final class ContextCommand {
    private static final Kind CONTEXT = new Kind(
            "contexts",
            "name",
            List.of(
                    Column.of("NAME", "name", Column.Form.TEXT),
                    Column.of("CURRENT", "current", Column.Form.TEXT),
                    Column.of("ENDPOINT", "endpoint", Column.Form.TEXT)));

    @Mixin
    HelpFlag help = new HelpFlag();

    /** All of them. */
    @Command(
            name = "list",
            description = "List the contexts; --context or SKEIN_CONTEXT chooses one.",
            footer = {"skein context list", "skein context list -o name", "skein context list -o json"})
    public static final class Listing implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Mixin
        ListOptions list = new ListOptions();

        public Listing(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            return new Lister(shell, list, CONTEXT, SteadyClock.system()).show(this::contexts);
        }

        private List<JsonNode> contexts() {
            var contexts = Contexts.of(shell.environment());
            var items = new ArrayList<JsonNode>();
            for (var name : contexts.names()) {
                items.add(new ObjectMapper()
                        .createObjectNode()
                        .put("name", name)
                        .put("current", name.equals(contexts.current()))
                        .put("endpoint", contexts.endpoint(name)));
            }
            return items;
        }
    }
}
