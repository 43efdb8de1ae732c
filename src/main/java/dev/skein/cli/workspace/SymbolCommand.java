package dev.skein.cli.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.noun.ListCommand;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import dev.skein.cli.terminal.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is declared in workspaces. */
@Command(
        name = "symbol",
        aliases = "symbols",
        description = "Find what is declared in the workspaces, and what names mean.",
        subcommands = {
            SymbolCommand.Find.class,
            SymbolCommand.Outline.class,
            CodeCommands.Definition.class,
            CodeCommands.References.class,
            CodeCommands.Hover.class,
            CodeCommands.Implementations.class,
            CodeCommands.Hierarchy.class,
            CodeCommands.Errors.class
        })
public final class SymbolCommand {
    private static final int SHOWN_MAX = 1_000;

    private static final Kind SYMBOL = new Kind(
            "symbols",
            "qualified_name",
            List.of(
                    Column.of("NAME", "name", Column.Form.TEXT),
                    Column.of("KIND", "kind", Column.Form.TEXT),
                    Column.of("IN", "container", Column.Form.TEXT),
                    Column.of("FILE", "path", Column.Form.TEXT),
                    Column.of("LINE", "name_at.line", Column.Form.NUMBER),
                    Column.wide("PARAMETERS", "parameters", Column.Form.TEXT),
                    Column.wide("TYPE", "type", Column.Form.TEXT),
                    Column.wide("SUMMARY", "summary", Column.Form.TEXT)));

    @Mixin
    HelpFlag help = new HelpFlag();

    /** Which workspace is meant. */
    static final class In {
        @Option(
                names = "--workspace",
                paramLabel = "WORKSPACE",
                description = "where to look; may be left out where there is only one")
        @Nullable
        String name;

        String path(Api api) {
            if (name != null) {
                return WorkspaceCommand.path(name);
            }
            var all = api.all(WorkspaceCommand.PATH, "workspaces");
            if (all.size() != 1) {
                throw Failure.usage("there are %d workspaces, so one must be named".formatted(all.size()))
                        .advise(all.isEmpty() ? "skein workspace add NAME ROOT" : "--workspace NAME");
            }
            return WorkspaceCommand.path(all.get(0).path("name").asText());
        }
    }

    private static List<JsonNode> ask(Api api, Shell shell, String path) {
        var answer = api.get(path);
        Coverage.tell(shell, answer);
        var symbols = new ArrayList<JsonNode>();
        answer.path("symbols").forEach(symbols::add);
        return symbols;
    }

    /** By name. */
    @Command(
            name = "find",
            description = {
                "Find symbols whose names contain these letters in their order, the best first.",
                "Before a dot stand letters of what the symbol is in. Lines count from 0."
            },
            footer = {
                "skein symbol find HashMap",
                "skein symbol find util.HaMap --kind class,interface --workspace jdk",
                "skein symbol find put --order nova --limit 20 -o json"
            })
    public static final class Find extends ListCommand {
        @Parameters(paramLabel = "LETTERS", description = "of a name; upper and lower case are the same")
        String query = "";

        @Mixin
        In in = new In();

        @Option(names = "--kind", paramLabel = "KIND", description = "only these, such as class,method,field")
        String kind = "";

        @Option(names = "--order", paramLabel = "ORDER", description = "skein (default) or nova")
        String order = "skein";

        public Find(Shell shell) {
            super(shell, SYMBOL);
        }

        @Override
        protected List<JsonNode> all(Api api) {
            int wanted = list.limit == 0 || list.filter != null ? SHOWN_MAX : Math.min(SHOWN_MAX, list.limit + 1);
            return ask(
                    api,
                    shell,
                    "%s/symbols?q=%s&limit=%d&kind=%s&order=%s"
                            .formatted(in.path(api), Api.part(query), wanted, Api.part(kind), Api.part(order)));
        }
    }

    /** Of one file. */
    @Command(
            name = "outline",
            description = "Show what one file declares, in its order.",
            footer = {
                "skein symbol outline src/main/java/app/Main.java",
                "skein symbol outline src/main/java/app/Main.java --workspace app -o wide"
            })
    public static final class Outline extends ListCommand {
        @Parameters(paramLabel = "FILE", description = "path below the workspace's root")
        String file = "";

        @Mixin
        In in = new In();

        public Outline(Shell shell) {
            super(shell, SYMBOL);
        }

        @Override
        protected List<JsonNode> all(Api api) {
            return ask(api, shell, in.path(api) + "/document-symbols?path=" + Api.part(file));
        }
    }
}
