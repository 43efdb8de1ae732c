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

/** Adds one. */
@Command(
        name = "create",
        description = "Add a connector that programs may name.",
        footer = {
            "skein connector create broker --type mqtt --param host=10.0.0.7 --param-file password=mqtt.password",
            "skein connector create hook --type http --param url=https://example.org/in --description \"to the desk\"",
            "skein connector create notes --type log -o json"
        })
public final class ConnectorCreateCommand implements Callable<Integer> {
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

    public ConnectorCreateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var body = definition.body(name);
        var api = Api.of(connect, shell);
        ConfirmOptions.inContext(shell, api, confirm, "create the connector " + name);
        var kept = api.post(ConnectorCommand.PATH, body);
        new Printer(shell, show, ConnectorCommand.CONNECTOR, SteadyClock.system()).printDone(List.of(kept));
        return ExitCode.DONE.number;
    }
}
