package dev.skein.cli.workspace;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.kernel.SteadyClock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds one. */
@Command(
        name = "add",
        description = {
            "Index a directory of the node that is asked.",
            "Source roots are found by the layouts of Maven and Gradle unless they are named."
        },
        footer = {
            "skein workspace add app /srv/app",
            "skein workspace add jdk /srv/jdk/src --source-root java.base --source-root java.net.http",
            "skein workspace add app /srv/app -o json"
        })
public final class WorkspaceAddCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "name")
    String name = "";

    @Parameters(index = "1", paramLabel = "ROOT", description = "absolute path on the node that is asked")
    String root = "";

    @Option(
            names = "--source-root",
            paramLabel = "DIRECTORY",
            description = "below the root, where packages begin; may be given several times")
    List<String> sourceRoots = List.of();

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public WorkspaceAddCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var body = new ObjectMapper().createObjectNode().put("name", name).put("root", root);
        if (!sourceRoots.isEmpty()) {
            var roots = body.putArray("source_roots");
            sourceRoots.forEach(roots::add);
        }
        var api = Api.of(connect, shell);
        ConfirmOptions.inContext(shell, api, confirm, "add the workspace " + name);
        var added = api.post(WorkspaceCommand.PATH, body);
        new Printer(shell, show, WorkspaceCommand.WORKSPACE, SteadyClock.system()).printDone(List.of(added));
        return ExitCode.DONE.number;
    }
}
