package dev.skein.cli.remote;

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
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.SteadyClock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Uses more workers. */
@Command(
        name = "add",
        description = {
            "Give jobs to workers over HTTP. Each must answer GET /health, at an address that the coordinator's"
                    + " remote.allow lists."
        },
        footer = {
            "skein remote add w1.local:3003",
            "skein remote add w1.local:3003 '[fd00::1]:3003' --capability context7,cipher",
            "skein remote add w1.local:3003 -o json"
        })
public final class RemoteAddCommand implements Callable<Integer> {
    private static final Pattern ADDRESS = Pattern.compile("(\\[[^\\]]+]|[^:\\[\\]]+):(\\d{1,5})");

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(arity = "1..*", paramLabel = "HOST:PORT", description = "where it listens, an IPv6 address in brackets")
    List<String> addresses = List.of();

    @Option(
            names = "--capability",
            split = ",",
            paramLabel = "TYPE",
            description = "types of jobs, separated by commas; without any it says itself which it does")
    List<String> capabilities = List.of();

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public RemoteAddCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var bodies = addresses.stream().map(this::body).toList();
        var api = Api.of(connect, shell);
        ConfirmOptions.inContext(shell, api, confirm, "add " + String.join(", ", addresses));
        var done = Each.of(
                addresses,
                shell,
                word -> api.post(RemoteCommand.WORKERS + "/add", bodies.get(addresses.indexOf(word))));
        new Printer(shell, show, RemoteCommand.REMOTE, SteadyClock.system()).printDone(done.done());
        return done.finish();
    }

    private JsonNode body(String address) {
        var parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw Failure.usage("a worker looks like HOST:PORT, an IPv6 address in brackets, got " + address);
        }
        var body = new ObjectMapper()
                .createObjectNode()
                .put("host", parts.group(1))
                .put("port", Integer.parseInt(parts.group(2)));
        var names = body.putArray("capabilities");
        capabilities.forEach(names::add);
        return body;
    }
}
