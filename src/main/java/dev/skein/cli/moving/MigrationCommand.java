package dev.skein.cli.moving;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.cluster.Each;
import dev.skein.cli.cluster.Names;
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
            var lister = new Lister(shell, list, Kinds.MIGRATION, SteadyClock.system());
            var api = Api.of(connect, shell);
            return lister.show(() -> api.all(PATH, "migrations"));
        }
    }

    /** Some of them. */
    @Command(
            name = "get",
            description = "Show migrations.",
            footer = {"skein migration get 5f1c2a90", "skein migration get 5f1c2a90 -o json"})
    public static final class Get implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Parameters(arity = "1..*", paramLabel = "MIGRATION", description = "id, or the beginning of one")
        List<String> migrations = List.of();

        @Mixin
        ShowOptions show = new ShowOptions();

        @Mixin
        ConnectOptions connect = new ConnectOptions();

        public Get(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var names = new Names("migration", Api.of(connect, shell).all(PATH, "migrations"));
            var found = Each.of(migrations, shell, names::find);
            new Printer(shell, show, Kinds.MIGRATION, SteadyClock.system()).printDone(found.done());
            return found.finish();
        }
    }
}
