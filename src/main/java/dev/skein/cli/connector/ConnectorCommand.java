package dev.skein.cli.connector;

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

/** Ways in and out that programs may name. */
@Command(
        name = "connector",
        aliases = "connectors",
        description = "Show, add, replace and remove the connectors that programs may name.",
        subcommands = {
            ConnectorCommand.Listing.class,
            ConnectorCommand.Get.class,
            ConnectorCreateCommand.class,
            ConnectorUpdateCommand.class,
            ConnectorCommand.Delete.class
        })
public final class ConnectorCommand {
    static final String PATH = "/connectors";

    static final Kind CONNECTOR = new Kind(
            "connectors",
            "name",
            List.of(
                    Column.of("NAME", "name", Column.Form.TEXT),
                    Column.of("TYPE", "connector_type", Column.Form.TEXT),
                    Column.of("PARAMS", "params", Column.Form.TEXT),
                    Column.of("DESCRIPTION", "description", Column.Form.TEXT)));

    @Mixin
    HelpFlag help = new HelpFlag();

    static String path(String name) {
        return PATH + "/" + Api.part(name);
    }

    /** All of them. */
    @Command(
            name = "list",
            description = "List the connectors; secrets are masked.",
            footer = {
                "skein connector list",
                "skein connector list --filter 'connector_type=mqtt' -o json",
                "skein connector list -o name"
            })
    public static final class Listing extends ListCommand {
        public Listing(Shell shell) {
            super(shell, CONNECTOR);
        }

        @Override
        protected List<JsonNode> all(Api api) {
            return api.all(PATH, "connectors");
        }
    }

    /** Some of them. */
    @Command(
            name = "get",
            description = "Show connectors; secrets are masked.",
            footer = {"skein connector get broker", "skein connector get broker hook -o yaml"})
    public static final class Get extends GetCommand {
        @Parameters(arity = "1..*", paramLabel = "CONNECTOR", description = "name")
        List<String> names = List.of();

        public Get(Shell shell) {
            super(shell, CONNECTOR);
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

    /** Takes them away. */
    @Command(
            name = "delete",
            aliases = "rm",
            description = "Remove connectors that no deployed program names.",
            footer = {"skein connector delete broker", "skein connector delete broker hook --yes"})
    public static final class Delete extends DeleteCommand {
        @Parameters(arity = "1..*", paramLabel = "CONNECTOR", description = "name")
        List<String> names = List.of();

        public Delete(Shell shell) {
            super(shell, "name");
        }

        @Override
        protected List<String> words() {
            return names;
        }

        @Override
        protected String path(String word) {
            return ConnectorCommand.path(word);
        }

        @Override
        protected String consequence() {
            return "removed, with the secrets kept in it";
        }
    }
}
