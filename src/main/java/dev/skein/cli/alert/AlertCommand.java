package dev.skein.cli.alert;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.cluster.Each;
import dev.skein.cli.cluster.Names;
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

/** What needs a person. */
@Command(
        name = "alert",
        aliases = "alerts",
        description = "Show what needs a person, and say that somebody knows.",
        subcommands = {AlertCommand.Listing.class, AlertCommand.Get.class, AlertAckCommand.class})
public final class AlertCommand {
    static final String PATH = "//api/v1/alerts";

    static final Kind ALERT = new Kind(
            "alerts",
            "id",
            List.of(
                    Column.of("ID", "id", Column.Form.TEXT),
                    Column.of("SEVERITY", "severity", Column.Form.TEXT),
                    Column.of("STATE", "state", Column.Form.STATE),
                    Column.of("AGE", "since", Column.Form.AGE),
                    Column.of("TEXT", "text", Column.Form.TEXT),
                    Column.wide("TIMES", "times", Column.Form.NUMBER),
                    Column.wide("KNOWN-TO", "acknowledged.by", Column.Form.TEXT),
                    Column.wide("REASON", "acknowledged.reason", Column.Form.TEXT)));

    @Mixin
    HelpFlag help = new HelpFlag();

    static List<JsonNode> all(Api api) {
        return api.all(PATH, "alerts");
    }

    /** All of them. */
    @Command(
            name = "list",
            description = "List the alerts: what holds, the gravest first, then what is over.",
            footer = {
                "skein alert list",
                "skein alert list --filter 'state=open and severity=critical' -o json",
                "skein alert list --filter 'state!=resolved' --watch"
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
            var lister = new Lister(shell, list, ALERT, SteadyClock.system());
            var api = Api.of(connect, shell);
            return lister.show(() -> all(api));
        }
    }

    /** Some of them. */
    @Command(
            name = "get",
            description = "Show alerts.",
            footer = {
                "skein alert get worker-unhealthy:worker-3",
                "skein alert get no-leader store-slow -o json",
                "skein alert get clock -o yaml"
            })
    public static final class Get implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Parameters(arity = "1..*", paramLabel = "ALERT", description = "id, or the beginning of one")
        List<String> alerts = List.of();

        @Mixin
        ShowOptions show = new ShowOptions();

        @Mixin
        ConnectOptions connect = new ConnectOptions();

        public Get(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var names = new Names("alert", all(Api.of(connect, shell)));
            var found = Each.of(alerts, shell, names::find);
            new Printer(shell, show, ALERT, SteadyClock.system()).printDone(found.done());
            return found.finish();
        }
    }
}
