package dev.skein.cli.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Spans;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
public final class WorkerDrainCommand extends WorkerChangeCommand {
    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    @Option(names = "--deadline", paramLabel = "TIME", description = "how long to try, such as 10m; default 1h")
    @Nullable
    String deadline;

    @Option(names = "--no-deadline", description = "try for as long as that may be, which is a day")
    boolean noDeadline;

    @Option(names = "--detach", description = "do not wait until they are empty")
    boolean detach;

    @Option(names = "--wait", description = "wait until they are empty, as it does anyway")
    boolean wait;

    @Option(names = "--force", description = "deploy elsewhere all the same what does not come to rest in time")
    boolean force;

    public WorkerDrainCommand(Shell shell) {
        super(shell, "drain", Kinds.DRAINED);
    }

    @Override
    Function<JsonNode, JsonNode> change(Api api) {
        var longest = longest();
        var order = new ObjectMapper()
                .createObjectNode()
                .put("timeout_secs", Math.max(1, longest.toSeconds()))
                .put("force", force)
                .put("reason", reason);
        var drainage = new Drainage(api, shell.terminal());
        var followed = detach ? Duration.ZERO : longest;
        return worker -> drainage.drain(worker, order, followed);
    }

    private Duration longest() {
        if (wait && detach) {
            throw Failure.usage("--wait and --detach exclude each other");
        }
        if (noDeadline && deadline != null) {
            throw Failure.usage("--deadline and --no-deadline exclude each other");
        }
        if (noDeadline) {
            return LONGEST;
        }
        var longest = deadline == null ? USUAL : Spans.parse("--deadline", deadline);
        if (longest.compareTo(LONGEST) > 0) {
            throw Failure.usage("--deadline may be 1d at most, got " + deadline);
        }
        return longest;
    }

    @Override
    void check(List<JsonNode> drains) {
        if (detach) {
            return;
        }
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
