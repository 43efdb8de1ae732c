package dev.skein.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.kernel.SteadyClock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes schedules and changes them. */
public final class SchedulePutCommands {
    private SchedulePutCommands() {}

    /** Says what one is, and shows it as it is kept. */
    private abstract static class Putting implements Callable<Integer> {
        private final Shell shell;
        private final String verb;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Mixin
        Definition definition = new Definition();

        @Mixin
        ConfirmOptions confirm = new ConfirmOptions();

        @Mixin
        ShowOptions show = new ShowOptions();

        @Mixin
        ConnectOptions connect = new ConnectOptions();

        Putting(Shell shell, String verb) {
            this.shell = shell;
            this.verb = verb;
        }

        /** What it is until now; missing for a new one. */
        abstract JsonNode before(Api api, String id);

        /** Sends it and gives what is kept now. */
        abstract JsonNode keep(Api api, String id, ObjectNode body);

        @Override
        public final Integer call() {
            var api = Api.of(connect, shell);
            var body = definition.body(shell, before(api, definition.id));
            ConfirmOptions.inContext(shell, api, confirm, verb + " the schedule " + definition.id);
            var kept = keep(api, definition.id, body);
            new Printer(shell, show, ScheduleCommand.SCHEDULE, SteadyClock.system()).printDone(List.of(kept));
            return 0;
        }
    }

    /** Makes one. */
    @Command(
            name = "create",
            description = "Do something again and again.",
            footer = {
                "skein schedule create nightly --cron \"0 3 * * *\" --type exec -- backup.sh --all",
                "skein schedule create hourly --cron @hourly --zone Europe/Berlin --type exec -f job.json",
                "skein schedule create later --cron \"*/5 * * * *\" --paused --type exec -- sync.sh"
            })
    public static final class Create extends Putting {
        public Create(Shell shell) {
            super(shell, "create");
        }

        @Override
        JsonNode before(Api api, String id) {
            return MissingNode.getInstance();
        }

        @Override
        JsonNode keep(Api api, String id, ObjectNode body) {
            return api.post(ScheduleCommand.PATH, body.put("id", id));
        }
    }

    /** Changes one. */
    @Command(
            name = "update",
            description = "Change a schedule; what is not named stays as it is.",
            footer = {
                "skein schedule update nightly --cron \"30 2 * * *\"",
                "skein schedule update nightly --overlap -- backup.sh --some",
                "skein schedule update hourly --type exec -f job.json -o json"
            })
    public static final class Update extends Putting {
        public Update(Shell shell) {
            super(shell, "update");
        }

        @Override
        JsonNode before(Api api, String id) {
            return api.get(ScheduleCommand.path(id));
        }

        @Override
        JsonNode keep(Api api, String id, ObjectNode body) {
            return api.put(ScheduleCommand.path(id), body);
        }
    }
}
