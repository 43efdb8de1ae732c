package dev.skein.cli.moving;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.cluster.GroupCommand;
import dev.skein.cli.cluster.GroupDeployCommand;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a group what a file says. */
@Command(
        name = "update",
        description = "Change a group in place; pipelines that stay the same are not touched.",
        footer = {
            "skein group update orders -f orders.json",
            "skein group update orders -f orders.json --dry-run",
            "skein group update 5f1c2a90 -f - -o json"
        })
public final class GroupUpdateCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(paramLabel = "GROUP", description = "name, id, or the beginning of an id")
    String group = "";

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "JSON or YAML file; - for standard input")
    String file = "";

    @Option(names = "--dry-run", description = "only say what would be done")
    boolean dryRun;

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public GroupUpdateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var spec = GroupDeployCommand.spec(file, shell);
        var api = Api.of(connect, shell);
        var path = GroupCommand.path(api, group);
        if (dryRun) {
            GroupPlanCommand.print(shell, show, api.put(path + "?dry_run=true", spec));
            return ExitCode.DONE.number;
        }
        ConfirmOptions.inContext(shell, api, confirm, "update " + group);
        var updated = api.put(path, spec);
        GroupCommand.print(shell, show, List.of(updated));
        GroupDeployCommand.requireRunning(updated);
        return ExitCode.DONE.number;
    }
}
