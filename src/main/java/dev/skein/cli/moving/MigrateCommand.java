package dev.skein.cli.moving;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.noun.Names;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.kernel.SteadyClock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves one pipeline. */
@Command(
        name = "migrate",
        description = "Move a pipeline to another worker while its events go on.",
        footer = {
            "skein pipeline migrate orders enrich --to worker-2",
            "skein pipeline migrate orders 'enrich#1' --to worker-2",
            "skein group migrate orders enrich --to worker-2 -o json"
        })
public final class MigrateCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(index = "0", paramLabel = "GROUP", description = "name, id, or the beginning of an id")
    String group = "";

    @Parameters(index = "1", paramLabel = "PIPELINE", description = "its name; a replica as name#0")
    String pipeline = "";

    @Option(names = "--to", required = true, paramLabel = "WORKER", description = "id, or the beginning of one")
    String target = "";

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public MigrateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var api = Api.of(connect, shell);
        ConfirmOptions.inContext(shell, api, confirm, "migrate " + pipeline + " to " + target);
        var groups = new Names("group", api.all("/pipeline-groups", "pipeline_groups"));
        var workers = new Names("worker", api.all("/workers", "workers"));
        var groupId = groups.find(group).path("id").asText();
        var body = new ObjectMapper()
                .createObjectNode()
                .put("target_worker_id", workers.find(target).path("id").asText());
        var started = api.post("/pipelines/" + Api.part(groupId) + "/" + Api.part(pipeline) + "/migrate", body);
        new Printer(shell, show, Kinds.STARTED, SteadyClock.system()).print(List.of(started));
        shell.terminal()
                .say("skein migration get " + started.path("migration_id").asText() + " says how far it is");
        return 0;
    }
}
