package dev.skein.cli.connector;

import com.fasterxml.jackson.databind.JsonNode;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what a connector is, and shows it as it is kept. */
abstract class DefineCommand implements Callable<Integer> {
    private final Shell shell;
    private final String verb;

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

    DefineCommand(Shell shell, String verb) {
        this.shell = shell;
        this.verb = verb;
    }

    /** Sends it and gives what is kept now. */
    abstract JsonNode keep(Api api, String name, JsonNode body);

    @Override
    public final Integer call() {
        var body = definition.body(name);
        var api = Api.of(connect, shell);
        ConfirmOptions.inContext(shell, api, confirm, verb + " the connector " + name);
        var kept = keep(api, name, body);
        new Printer(shell, show, ConnectorCommand.CONNECTOR, SteadyClock.system()).printDone(List.of(kept));
        return ExitCode.DONE.number;
    }
}
