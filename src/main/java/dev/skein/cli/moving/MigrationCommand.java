package dev.skein.cli.moving;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.noun.GetCommand;
import dev.skein.cli.noun.ListCommand;
import dev.skein.cli.noun.Names;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Pipelines on their way between workers. */
@Command(
        name = "migration",
        aliases = "migrations",
        description = "Show pipelines that move between workers, and those of the last hour.",
        subcommands = {MigrationCommand.Listing.class, MigrationCommand.Get.class})
public final class MigrationCommand {
    private static final String PATH = "/migrations";

    @Mixin
    HelpFlag help = new HelpFlag();

    /** All of them. */
    @Command(
            name = "list",
            description = "List the migrations.",
            footer = {
                "skein migration list",
                "skein migration list --filter 'reason=drain'",
                "skein migration list -o json"
            })
    public static final class Listing extends ListCommand {
        public Listing(Shell shell) {
            super(shell, Kinds.MIGRATION);
        }

        @Override
        protected List<JsonNode> all(Api api) {
            return api.all(PATH, "migrations");
        }
    }

    /** Some of them. */
    @Command(
            name = "get",
            description = "Show migrations.",
            footer = {"skein migration get 5f1c2a90", "skein migration get 5f1c2a90 -o json"})
    public static final class Get extends GetCommand {
        @Parameters(arity = "1..*", paramLabel = "MIGRATION", description = "id, or the beginning of one")
        List<String> migrations = List.of();

        public Get(Shell shell) {
            super(shell, Kinds.MIGRATION);
        }

        @Override
        protected List<String> words() {
            return migrations;
        }

        @Override
        protected Function<String, JsonNode> finder(Api api) {
            return new Names("migration", api.all(PATH, "migrations"))::find;
        }
    }
}
