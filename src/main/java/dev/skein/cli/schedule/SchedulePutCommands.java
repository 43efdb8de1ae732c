package dev.skein.cli.schedule;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.cluster.ConfirmOptions;
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

    /** Makes one. */
    @Command(
            name = "create",
            description = "Do something again and again.",
            footer = {
                "skein schedule create nightly --cron \"0 3 * * *\" --type exec -- backup.sh --all",
                "skein schedule create hourly --cron @hourly --zone Europe/Berlin --type exec -f job.json",
                "skein schedule create later --cron \"*/5 * * * *\" --type mcp --payload '{\"server\": \"all\"}'"
            })
    public static final class Create implements Callable<Integer> {
        private final Shell shell;

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

        public Create(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var body = definition.body(shell, MissingNode.getInstance()).put("id", definition.id);
            var api = Api.of(connect, shell);
            ConfirmOptions.inContext(shell, api, confirm, "create the schedule " + definition.id);
            var made = api.post(ScheduleCommand.PATH, body);
            new Printer(shell, show, ScheduleCommand.SCHEDULE, SteadyClock.system()).printDone(List.of(made));
            return 0;
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
    public static final class Update implements Callable<Integer> {
        private final Shell shell;

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

        public Update(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var api = Api.of(connect, shell);
            ConfirmOptions.inContext(shell, api, confirm, "update the schedule " + definition.id);
            var body = definition.body(shell, api.get(ScheduleCommand.path(definition.id)));
            var kept = api.put(ScheduleCommand.path(definition.id), body);
            new Printer(shell, show, ScheduleCommand.SCHEDULE, SteadyClock.system()).printDone(List.of(kept));
            return 0;
        }
    }
}
