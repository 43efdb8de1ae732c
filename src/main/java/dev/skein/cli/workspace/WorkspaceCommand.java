package dev.skein.cli.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.noun.DeleteCommand;
import dev.skein.cli.noun.GetCommand;
import dev.skein.cli.noun.ListCommand;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Directories and repositories of Java sources that the cluster indexes. */
@Command(
        name = "workspace",
        aliases = "workspaces",
        description = "Add, show, refresh and remove directories and repositories of Java sources that are indexed.",
        subcommands = {
            WorkspaceAddCommand.class,
            WorkspaceCommand.Listing.class,
            WorkspaceCommand.Get.class,
            WorkspaceIndexCommand.class,
            WorkspaceRefreshCommand.class,
            WorkspaceStatusCommand.class,
            WorkspaceCommand.Remove.class
        })
public final class WorkspaceCommand {
    static final String PATH = "//api/v1/workspaces";

    static final Kind WORKSPACE = new Kind(
            "workspaces",
            "name",
            List.of(
                    Column.of("NAME", "name", Column.Form.TEXT),
                    Column.of("ROOT", "root", Column.Form.TEXT),
                    Column.of("ROUTER", "router", Column.Form.TEXT),
                    Column.of("SHARDS", "shards", Column.Form.COUNT),
                    Column.of("STATE", "state", Column.Form.TEXT),
                    Column.wide("GIT", "repository.url", Column.Form.TEXT),
                    Column.wide("REF", "repository.ref", Column.Form.TEXT),
                    Column.wide("COMMIT", "repository.commit", Column.Form.TEXT),
                    Column.wide("PROBLEM", "repository.problem.message", Column.Form.TEXT),
                    Column.wide("ID", "id", Column.Form.TEXT)));

    @Mixin
    HelpFlag help = new HelpFlag();

    static String path(String name) {
        return PATH + "/" + Api.part(name);
    }

    /** All of them. */
    @Command(
            name = "list",
            description = "List the workspaces.",
            footer = {"skein workspace list", "skein workspace list -o json", "skein workspace list -o name"})
    public static final class Listing extends ListCommand {
        public Listing(Shell shell) {
            super(shell, WORKSPACE);
        }

        @Override
        protected List<JsonNode> all(Api api) {
            return api.all(PATH, "workspaces");
        }
    }

    /** Some of them. */
    @Command(
            name = "get",
            description = "Show workspaces with their shards.",
            footer = {"skein workspace get app", "skein workspace get app -o yaml"})
    public static final class Get extends GetCommand {
        @Parameters(arity = "1..*", paramLabel = "WORKSPACE", description = "name")
        List<String> names = List.of();

        public Get(Shell shell) {
            super(shell, WORKSPACE);
        }

        @Override
        protected List<String> words() {
            return names;
        }

        @Override
        protected Function<String, JsonNode> finder(Api api) {
            return name -> api.get(path(name));
        }
    }

    /** Forgets them. */
    @Command(
            name = "remove",
            aliases = "rm",
            description = "Forget workspaces; their directories stay as they are, copies of repositories are deleted.",
            footer = {"skein workspace remove app", "skein workspace remove app jdk --yes"})
    public static final class Remove extends DeleteCommand {
        @Parameters(arity = "1..*", paramLabel = "WORKSPACE", description = "name")
        List<String> names = List.of();

        public Remove(Shell shell) {
            super(shell, "name");
        }

        @Override
        protected List<String> words() {
            return names;
        }

        @Override
        protected String path(String word) {
            return WorkspaceCommand.path(word);
        }

        @Override
        protected String consequence() {
            return "forgotten, to be indexed anew if added again";
        }
    }
}
