package dev.skein.cli.moving;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.cluster.GroupCommand;
import dev.skein.cli.cluster.GroupDeployCommand;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.kernel.SteadyClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks what a deployment or an update would do. */
@Command(
        name = "plan",
        description = {
            "Show where a group's pipelines would be placed, and why, without doing anything.",
            "With a group that is there: what would be added, changed and removed."
        },
        footer = {
            "skein group plan -f orders.json",
            "skein group plan orders -f orders.json",
            "skein group plan -f orders.json --detailed-exitcode -o json"
        })
public final class GroupPlanCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(arity = "0..1", paramLabel = "GROUP", description = "the group to change; without it a new one")
    @Nullable
    String group;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "JSON or YAML file; - for standard input")
    String file = "";

    @Option(names = "--detailed-exitcode", description = "exit 9 when there is anything to do")
    boolean detailed;

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public GroupPlanCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var spec = GroupDeployCommand.spec(file, shell);
        var api = Api.of(connect, shell);
        var base = group == null ? GroupCommand.PATH : GroupCommand.path(api, group);
        var plan = api.post(base + "/plan", spec);
        print(shell, show, plan);
        boolean isChange = plan.path("steps").size() != plan.path("keep").asInt();
        return detailed && isChange ? ExitCode.CHANGES.number : ExitCode.DONE.number;
    }

    public static void print(Shell shell, ShowOptions show, JsonNode plan) {
        var steps = new ArrayList<JsonNode>();
        plan.path("steps").forEach(steps::add);
        new Printer(shell, show, Kinds.STEP, SteadyClock.system()).print(List.copyOf(steps));
        shell.terminal()
                .say("%s to add, %s to change, %s to remove, %s stay"
                        .formatted(plan.path("add"), plan.path("change"), plan.path("remove"), plan.path("keep")));
    }
}
