package dev.skein.cli.moving;

import com.fasterxml.jackson.databind.ObjectMapper;
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

/** Evens out the workers. */
@Command(
        name = "rebalance",
        description = "Even out the number of pipelines per worker.",
        footer = {"skein rebalance", "skein rebalance -o json"})
public final class RebalanceCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public RebalanceCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var api = Api.of(connect, shell);
        ConfirmOptions.inContext(shell, api, confirm, "rebalance");
        var done = api.post("/rebalance", new ObjectMapper().createObjectNode());
        new Printer(shell, show, Kinds.REBALANCED, SteadyClock.system()).print(List.of(done));
        return 0;
    }
}
