package dev.skein.cli.moving;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Spans;
import dev.skein.kernel.SteadyClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Empties workers. */
@Command(
        name = "drain",
        description = {
            "Move every pipeline off workers and give them nothing new.",
            "A worker that could not be emptied in time keeps what is left.",
            "The drain goes on when the command is interrupted or detached."
        },
        footer = {
            "skein worker drain worker-2 --reason \"disk swap\"",
            "skein worker drain worker-2 worker-3 --deadline 10m --detach",
            "skein worker drain worker-2 --deadline 30s --force"
        })
public final class WorkerDrainCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(arity = "1..*", paramLabel = "WORKER", description = "id, or the beginning of one")
    List<String> workers = List.of();

    @Option(names = "--deadline", paramLabel = "TIME", description = "how long to try, such as 10m; default 1h")
    String deadline = "1h";

    @Option(names = "--no-deadline", description = "try for as long as that may be, which is a day")
    boolean noDeadline;

    @Option(names = "--detach", description = "do not wait until they are empty")
    boolean detach;

    @Option(names = "--wait", description = "wait until they are empty, as it does anyway")
    boolean wait;

    @Option(names = "--force", description = "deploy elsewhere all the same what does not come to rest in time")
    boolean force;

    @Option(
            names = {"--reason", "--message"},
            paramLabel = "TEXT",
            description = "why, for the audit")
    @Nullable
    String reason;

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public WorkerDrainCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var longest = longest();
        var api = Api.of(connect, shell);
        ConfirmOptions.inContext(shell, api, confirm, "drain " + String.join(", ", workers));
        var names = new Names("worker", api.all("/workers", "workers"));
        var body = new ObjectMapper()
                .createObjectNode()
                .put("timeout_secs", Math.max(1, longest.toSeconds()))
                .put("force", force)
                .put("reason", reason);
        var drainage = new Drainage(api, shell.terminal());
        var followed = detach ? Duration.ZERO : longest;
        var drained = Each.of(workers, shell, word -> drainage.drain(names.find(word), body, followed));
        new Printer(shell, show, Kinds.DRAINED, SteadyClock.system()).printDone(drained.done());
        int exit = drained.finish();
        if (!detach) {
            requireEmpty(drained.done());
        }
        return exit;
    }

    private Duration longest() {
        if (wait && detach) {
            throw Failure.usage("--wait and --detach exclude each other");
        }
        var longest = noDeadline ? LONGEST : Spans.parse("--deadline", deadline);
        if (longest.compareTo(LONGEST) > 0) {
            throw Failure.usage("--deadline may be 1d at most, got " + deadline);
        }
        return longest;
    }

    private static void requireEmpty(List<JsonNode> drains) {
        for (var drain : drains) {
            if (!drain.path("status").asText().equals("drained")) {
                var left = drain.path("remaining").size();
                throw Failure.of(
                                ExitCode.TIMED_OUT,
                                drain.path("worker_id").asText() + " still holds " + left + " pipelines")
                        .because("no other worker had room, or they did not come to rest in time")
                        .advise("the same again, or with --force");
            }
        }
    }
}
