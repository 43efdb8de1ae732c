package dev.skein.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.noun.GetCommand;
import dev.skein.cli.noun.ListCommand;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What is done again and again. */
@Command(
        name = "schedule",
        aliases = "schedules",
        description = "Show, make, change, pause and remove what is done again and again.",
        subcommands = {
            ScheduleCommand.Listing.class,
            ScheduleCommand.Get.class,
            SchedulePutCommands.Create.class,
            SchedulePutCommands.Update.class,
            ScheduleChangeCommands.Delete.class,
            ScheduleChangeCommands.Pause.class,
            ScheduleChangeCommands.Resume.class
        })
public final class ScheduleCommand {
    static final String PATH = "//api/v1/schedules";

    static final Kind SCHEDULE = new Kind(
            "schedules",
            "id",
            List.of(
                    Column.of("ID", "id", Column.Form.TEXT),
                    Column.of("CRON", "cron", Column.Form.TEXT),
                    Column.of("TYPE", "job.type", Column.Form.TEXT),
                    Column.of("NEXT", "next_at", Column.Form.TEXT),
                    Column.of("PAUSED", "paused", Column.Form.TEXT),
                    Column.of("LAST-JOB", "last_job", Column.Form.ID),
                    Column.wide("ZONE", "zone", Column.Form.TEXT),
                    Column.wide("LAST", "last_at", Column.Form.TEXT),
                    Column.wide("OVERLAP", "overlap", Column.Form.TEXT),
                    Column.wide("SKIPPED", "skipped", Column.Form.NUMBER)));

    @Mixin
    HelpFlag help = new HelpFlag();

    static String path(String id) {
        return PATH + "/" + Api.part(id);
    }

    /** All of them. */
    @Command(
            name = "list",
            description = "List the schedules.",
            footer = {
                "skein schedule list",
                "skein schedule list --filter 'paused=true' -o json",
                "skein schedule list -o name"
            })
    public static final class Listing extends ListCommand {
        public Listing(Shell shell) {
            super(shell, SCHEDULE);
        }

        @Override
        protected List<JsonNode> all(Api api) {
            var all = new ArrayList<JsonNode>();
            api.get(PATH).path("schedules").forEach(all::add);
            return all;
        }
    }

    /** Some of them. */
    @Command(
            name = "get",
            description = "Show schedules.",
            footer = {"skein schedule get nightly", "skein schedule get nightly hourly -o yaml"})
    public static final class Get extends GetCommand {
        @Parameters(arity = "1..*", paramLabel = "SCHEDULE", description = "id")
        List<String> ids = List.of();

        public Get(Shell shell) {
            super(shell, SCHEDULE);
        }

        @Override
        protected List<String> words() {
            return ids;
        }

        @Override
        protected Function<String, JsonNode> finder(Api api) {
            return id -> api.get(path(id));
        }
    }
}
