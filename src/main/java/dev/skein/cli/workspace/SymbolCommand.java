package dev.skein.cli.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.noun.ListCommand;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Here;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                    Column.of("PLACE", "place", Column.Form.TEXT),
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

        private @Nullable JsonNode only;

        String path(Api api) {
            return WorkspaceCommand.path(name == null ? only(api).path("name").asText() : name);
        }

        private JsonNode only(Api api) {
            var known = only;
            if (known == null) {
                var all = api.all(WorkspaceCommand.PATH, "workspaces");
                if (all.size() != 1) {
                    throw Failure.usage("there are %d workspaces, so one must be named".formatted(all.size()))
                            .advise(all.isEmpty() ? "skein workspace add NAME ROOT" : "--workspace NAME");
                }
                known = all.get(0);
                only = known;
            }
            return known;
        }

        /** A file as the workspace has it, below its root, also when it is written as seen from here. */
        String file(Api api, String given) {
            var here = Here.absolute(given);
            if (!Path.of(given).isAbsolute() && !Files.exists(here)) {
                return given;
            }
            var view = name == null ? only(api) : api.get(path(api));
            var root = Path.of(view.path("root").asText());
            var file = real(here);
            return file.startsWith(root) ? root.relativize(file).toString() : given;
        }

        private static Path real(Path path) {
            try {
                return path.toRealPath();
            } catch (IOException gone) {
                return path; // it may be there for the server
            }
        }
    }

    private static List<JsonNode> ask(Api api, Shell shell, String path) {
        var answer = api.get(path);
        Coverage.tell(shell, answer);
        return CodePlace.rows(answer.path("symbols"), "name_at");
    }

    /** By name. */
    @Command(
            name = "find",
            description = {
                "Find symbols whose names contain these letters in their order, the best first.",
                "Before a dot stand letters of what the symbol is in."
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
        @Parameters(paramLabel = "FILE", description = "of the workspace, below its root or as seen from here")
        String file = "";

        @Mixin
        In in = new In();

        public Outline(Shell shell) {
            super(shell, SYMBOL);
        }

        @Override
        protected List<JsonNode> all(Api api) {
            return ask(api, shell, in.path(api) + "/document-symbols?path=" + Api.part(in.file(api, file)));
        }
    }
}
