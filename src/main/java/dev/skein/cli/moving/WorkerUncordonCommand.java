package dev.skein.cli.moving;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.noun.Each;
import dev.skein.cli.noun.Names;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.kernel.SteadyClock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts workers back into the choice. */
@Command(
        name = "uncordon",
        description = "Let cordoned or drained workers take pipelines again.",
        footer = {
            "skein worker uncordon worker-2",
            "skein worker uncordon worker-2 worker-3",
            "skein worker uncordon worker-2 -o json"
        })
public final class WorkerUncordonCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(arity = "1..*", paramLabel = "WORKER", description = "id, or the beginning of one")
    List<String> workers = List.of();

    @Option(
            names = {"--reason", "--message"},
            paramLabel = "TEXT",
            description = "why, for the audit")
    @Nullable
    String reason;

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public WorkerUncordonCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var api = Api.of(connect, shell);
        ConfirmOptions.inContext(shell, api, confirm, "uncordon " + String.join(", ", workers));
        var names = new Names("worker", api.all("/workers", "workers"));
        var body = new ObjectMapper().createObjectNode().put("reason", reason);
        var turned = Each.of(
                workers,
                shell,
                word -> api.post(
                        "/workers/" + Api.part(names.find(word).path("id").asText()) + "/uncordon", body));
        new Printer(shell, show, Kinds.CORDONED, SteadyClock.system()).printDone(turned.done());
        return turned.finish();
    }
}
