package dev.skein.cli.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.cluster.ConfirmOptions;
import dev.skein.cli.cluster.Each;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import dev.skein.cli.show.ListOptions;
import dev.skein.cli.show.Lister;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.kernel.SteadyClock;
import java.util.List;
import java.util.concurrent.Callable;
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

    private static final Kind DELETED =
            new Kind("deletions", "name", List.of(Column.of("NAME", "name", Column.Form.TEXT)));

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
    public static final class Listing implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Mixin
        ListOptions list = new ListOptions();

        @Mixin
        ConnectOptions connect = new ConnectOptions();

        public Listing(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var lister = new Lister(shell, list, CONNECTOR, SteadyClock.system());
            var api = Api.of(connect, shell);
            return lister.show(() -> api.all(PATH, "connectors"));
        }
    }

    /** Some of them. */
    @Command(
            name = "get",
            description = "Show connectors; secrets are masked.",
            footer = {"skein connector get broker", "skein connector get broker hook -o yaml"})
    public static final class Get implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Parameters(arity = "1..*", paramLabel = "CONNECTOR", description = "name")
        List<String> names = List.of();

        @Mixin
        ShowOptions show = new ShowOptions();

        @Mixin
        ConnectOptions connect = new ConnectOptions();

        public Get(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var api = Api.of(connect, shell);
            var found = Each.of(names, shell, name -> api.get(path(name)));
            new Printer(shell, show, CONNECTOR, SteadyClock.system()).printDone(found.done());
            return found.finish();
        }
    }

    /** Takes them away. */
    @Command(
            name = "delete",
            aliases = "rm",
            description = "Remove connectors that no deployed program names.",
            footer = {"skein connector delete broker", "skein connector delete broker hook --yes"})
    public static final class Delete implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Parameters(arity = "1..*", paramLabel = "CONNECTOR", description = "name")
        List<String> names = List.of();

        @Mixin
        ConfirmOptions confirm = new ConfirmOptions();

        @Mixin
        ShowOptions show = new ShowOptions();

        @Mixin
        ConnectOptions connect = new ConnectOptions();

        public Delete(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var api = Api.of(connect, shell);
            confirm.confirm(shell, names, String.join(", ", names) + " removed, with the secrets kept in it");
            var deleted = Each.of(names, shell, name -> delete(api, name));
            new Printer(shell, show, DELETED, SteadyClock.system()).printDone(deleted.done());
            return deleted.finish();
        }

        private static JsonNode delete(Api api, String name) {
            api.delete(path(name));
            return new ObjectMapper().createObjectNode().put("name", name).put("deleted", true);
        }
    }
}
