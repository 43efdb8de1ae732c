package dev.skein.cli.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.noun.Each;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.kernel.SteadyClock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches what is new. */
@Command(
        name = "refresh",
        description = {
            "Bring copies of repositories up to their newest commits.",
            "Files that did not change are not read again. Directories are looked at by themselves."
        },
        footer = {"skein workspace refresh app", "skein workspace refresh app --no-wait"})
public final class WorkspaceRefreshCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(arity = "1..*", paramLabel = "WORKSPACE", description = "name")
    List<String> names = List.of();

    @Option(names = "--no-wait", description = "do not wait until the files are there")
    boolean noWait;

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public WorkspaceRefreshCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var api = Api.of(connect, shell);
        ConfirmOptions.inContext(shell, api, confirm, "refresh " + String.join(", ", names));
        var done = Each.of(names, shell, name -> refresh(api, name));
        new Printer(shell, show, WorkspaceCommand.WORKSPACE, SteadyClock.system()).printDone(done.done());
        return done.finish();
    }

    private JsonNode refresh(Api api, String name) {
        var begun = api.post(WorkspaceCommand.path(name) + "/refresh", new ObjectMapper().createObjectNode());
        return noWait ? begun : new Copying(shell, api).await(begun);
    }
}
