package dev.skein.cli.connector;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.cluster.ConfirmOptions;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.kernel.SteadyClock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Replaces one. */
@Command(
        name = "update",
        description = {
            "Replace a connector; what runs keeps the old one until it is deployed again.",
            "A secret given as *** stays what it was."
        },
        footer = {
            "skein connector update broker --type mqtt --param host=10.0.0.8 --param \"password=***\"",
            "skein connector update hook --type http --param-file url=hook.url -o json"
        })
public final class ConnectorUpdateCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(paramLabel = "CONNECTOR", description = "name")
    String name = "";

    @Mixin
    Definition definition = new Definition();

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public ConnectorUpdateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var body = definition.body(name);
        var api = Api.of(connect, shell);
        ConfirmOptions.inContext(shell, api, confirm, "update the connector " + name);
        var kept = api.put(ConnectorCommand.path(name), body);
        new Printer(shell, show, ConnectorCommand.CONNECTOR, SteadyClock.system()).printDone(List.of(kept));
        return ExitCode.DONE.number;
    }
}
