package dev.skein.cli.schedule;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.noun.DeleteCommand;
import dev.skein.cli.noun.Each;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.kernel.SteadyClock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What is done to schedules that exist. */
public final class ScheduleChangeCommands {

    private ScheduleChangeCommands() {}

    /** Stops them, or lets them go on. */
    private abstract static class Turning implements Callable<Integer> {
        private final Shell shell;
        private final String verb;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Parameters(arity = "1..*", paramLabel = "SCHEDULE", description = "id")
        List<String> ids = List.of();

        @Mixin
        ConfirmOptions confirm = new ConfirmOptions();

        @Mixin
        ShowOptions show = new ShowOptions();

        @Mixin
        ConnectOptions connect = new ConnectOptions();

        Turning(Shell shell, String verb) {
            this.shell = shell;
            this.verb = verb;
        }

        @Override
        public Integer call() {
            var api = Api.of(connect, shell);
            ConfirmOptions.inContext(shell, api, confirm, verb + " " + String.join(", ", ids));
            var nothing = new ObjectMapper().createObjectNode();
            var done = Each.of(ids, shell, id -> api.post(ScheduleCommand.path(id) + "/" + verb, nothing));
            new Printer(shell, show, ScheduleCommand.SCHEDULE, SteadyClock.system()).printDone(done.done());
            return done.finish();
        }
    }

    /** Until they are resumed. */
    @Command(
            name = "pause",
            description = "Make no more jobs by schedules; those they have made go on.",
            footer = {"skein schedule pause nightly", "skein schedule pause nightly hourly -o json"})
    public static final class Pause extends Turning {
        public Pause(Shell shell) {
            super(shell, "pause");
        }
    }

    /** After a pause. */
    @Command(
            name = "resume",
            description = "Make jobs by schedules again; times that have passed are not made up for.",
            footer = {"skein schedule resume nightly", "skein schedule resume nightly hourly -o json"})
    public static final class Resume extends Turning {
        public Resume(Shell shell) {
            super(shell, "resume");
        }
    }

    /** Takes them away. */
    @Command(
            name = "delete",
            aliases = "rm",
            description = "Remove schedules; the jobs they have made go on.",
            footer = {"skein schedule delete nightly", "skein schedule delete nightly hourly --yes"})
    public static final class Delete extends DeleteCommand {
        @Parameters(arity = "1..*", paramLabel = "SCHEDULE", description = "id")
        List<String> ids = List.of();

        public Delete(Shell shell) {
            super(shell, "id");
        }

        @Override
        protected List<String> words() {
            return ids;
        }

        @Override
        protected String path(String word) {
            return ScheduleCommand.path(word);
        }

        @Override
        protected String consequence() {
            return "removed";
        }
    }
}
