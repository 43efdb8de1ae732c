package dev.skein.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.moving.GroupPlanCommand;
import dev.skein.cli.moving.GroupUpdateCommand;
import dev.skein.cli.moving.MigrateCommand;
import dev.skein.cli.noun.GetCommand;
import dev.skein.cli.noun.ListCommand;
import dev.skein.cli.noun.Names;
import dev.skein.cli.show.Format;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.kernel.SteadyClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
    public static final class Listing extends ListCommand {
        public Listing(Shell shell) {
            super(shell, Kinds.GROUP);
        }

        @Override
        protected List<JsonNode> all(Api api) {
            return api.all(PATH, "pipeline_groups");
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
    public static final class Get extends GetCommand {
        @Parameters(arity = "1..*", paramLabel = "GROUP", description = "name, id, or the beginning of an id")
        List<String> groups = List.of();

        public Get(Shell shell) {
            super(shell, Kinds.GROUP);
        }

        @Override
        protected List<String> words() {
            return groups;
        }

        @Override
        protected Function<String, JsonNode> finder(Api api) {
            var names = names(api);
            return word ->
                    api.get(PATH + "/" + Api.part(names.find(word).path("id").asText()));
        }

        @Override
        protected void print(List<JsonNode> found) {
            GroupCommand.print(shell, show, found);
        }
    }
}
