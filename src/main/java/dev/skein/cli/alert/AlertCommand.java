package dev.skein.cli.alert;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.noun.GetCommand;
import dev.skein.cli.noun.ListCommand;
import dev.skein.cli.noun.Names;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import java.util.List;
import java.util.function.Function;
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
    public static final class Listing extends ListCommand {
        public Listing(Shell shell) {
            super(shell, ALERT);
        }

        @Override
        protected List<JsonNode> all(Api api) {
            return AlertCommand.all(api);
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
    public static final class Get extends GetCommand {
        @Parameters(arity = "1..*", paramLabel = "ALERT", description = "id, or the beginning of one")
        List<String> alerts = List.of();

        public Get(Shell shell) {
            super(shell, ALERT);
        }

        @Override
        protected List<String> words() {
            return alerts;
        }

        @Override
        protected Function<String, JsonNode> finder(Api api) {
            return new Names("alert", AlertCommand.all(api))::find;
        }
    }
}
