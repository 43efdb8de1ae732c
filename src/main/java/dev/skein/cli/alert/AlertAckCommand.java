package dev.skein.cli.alert;

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
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Spans;
import dev.skein.kernel.SteadyClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says that somebody knows. */
@Command(
        name = "ack",
        description = {
            "Say that somebody knows of alerts; they count as open again when the time is over.",
            "An alert that is acknowledged stays in the list for as long as it holds."
        },
        footer = {
            "skein alert ack worker-unhealthy:worker-3 --for 2h --reason \"disk swap\"",
            "skein alert ack store-slow clock-skew:worker-1",
            "skein alert ack placements --for 30m -o json"
        })
public final class AlertAckCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofDays(30);

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(arity = "1..*", paramLabel = "ALERT", description = "id, or the beginning of one")
    List<String> alerts = List.of();

    @Option(names = "--for", paramLabel = "TIME", description = "how long, such as 30m or 2h; default 1h, at most 30d")
    String span = "1h";

    @Option(
            names = {"--reason", "--message"},
            paramLabel = "TEXT",
            description = "what is known")
    String reason = "";

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public AlertAckCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var known = Spans.parse("--for", span);
        if (known.compareTo(LONGEST) > 0) {
            throw Failure.usage("--for may be 30d at most, got " + span);
        }
        var api = Api.of(connect, shell);
        ConfirmOptions.inContext(shell, api, confirm, "acknowledge " + String.join(", ", alerts));
        var names = new Names("alert", AlertCommand.all(api));
        var body = new ObjectMapper()
                .createObjectNode()
                .put("for_secs", Math.max(1, known.toSeconds()))
                .put("reason", reason);
        var done = Each.of(alerts, shell, word -> {
            var id = names.find(word).path("id").asText();
            return api.post(AlertCommand.PATH + "/" + Api.part(id) + "/ack", body);
        });
        new Printer(shell, show, AlertCommand.ALERT, SteadyClock.system()).printDone(done.done());
        return done.finish();
    }
}
