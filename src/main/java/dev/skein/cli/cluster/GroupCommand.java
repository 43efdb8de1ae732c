package dev.skein.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.moving.GroupPlanCommand;
import dev.skein.cli.moving.GroupUpdateCommand;
import dev.skein.cli.moving.MigrateCommand;
import dev.skein.cli.show.Format;
import dev.skein.cli.show.ListOptions;
import dev.skein.cli.show.Lister;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.kernel.SteadyClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Pipelines that were deployed together. */
@Command(
        name = "group",
        aliases = {"groups", "pipeline", "pipelines"},
        description = "Deploy, show, feed and delete pipeline groups.",
        subcommands = {
            GroupDeployCommand.class,
            GroupUpdateCommand.class,
            GroupPlanCommand.class,
            GroupCommand.Listing.class,
            GroupCommand.Get.class,
            GroupInjectCommand.class,
            GroupOutputsCommand.class,
            MigrateCommand.class,
            GroupDeleteCommand.class
        })
public final class GroupCommand {
    public static final String PATH = "/pipeline-groups";

    @Mixin
    HelpFlag help = new HelpFlag();

    static Names names(Api api) {
        return new Names("group", api.all(PATH, "pipeline_groups"));
    }

    /** The path of the one group that a word means. */
    public static String path(Api api, String word) {
        return PATH + "/" + Api.part(names(api).find(word).path("id").asText());
    }

    /** Prints groups; in a table their placements below them. */
    public static void print(Shell shell, ShowOptions show, List<JsonNode> groups) {
        if (groups.isEmpty()) {
            return; // there is only a failure to tell
        }
        new Printer(shell, show, Kinds.GROUP, SteadyClock.system()).print(groups);
        if (show.quiet || !show.fields.isEmpty() || show.format.compareTo(Format.WIDE) > 0) {
            return;
        }
        var placements = new ArrayList<JsonNode>();
        groups.forEach(group -> group.path("placements").forEach(placements::add));
        shell.terminal().print("\n");
        new Printer(shell, show, Kinds.PLACEMENT, SteadyClock.system()).print(placements);
    }

    /** All of them. */
    @Command(
            name = "list",
            description = "List the groups.",
            footer = {
                "skein group list",
                "skein group list --filter 'status!=running' --sort -created_at",
                "skein groups list -o name"
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
            var lister = new Lister(shell, list, Kinds.GROUP, SteadyClock.system());
            var api = Api.of(connect, shell);
            return lister.show(() -> api.all(PATH, "pipeline_groups"));
        }
    }

    /** Some of them, with their programs. */
    @Command(
            name = "get",
            description = "Show groups with their placements; their programs too with -o json or yaml.",
            footer = {
                "skein group get orders",
                "skein group get orders -o json --fields id,status,sources",
                "skein group get 5f1c2a90 -o yaml"
            })
    public static final class Get implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Parameters(arity = "1..*", paramLabel = "GROUP", description = "name, id, or the beginning of an id")
        List<String> groups = List.of();

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
            var names = names(api);
            var found = Each.of(
                    groups,
                    shell,
                    word -> api.get(
                            PATH + "/" + Api.part(names.find(word).path("id").asText())));
            print(shell, show, found.done());
            return found.finish();
        }
    }
}
