package dev.skein.cli.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.noun.ListCommand;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Pause;
import dev.skein.cli.terminal.Spans;
import dev.skein.kernel.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Waits until one is indexed. */
@Command(
        name = "index",
        description = {
            "Wait until all of a workspace is in the index as it is on disk, and show its shards.",
            "Directories are read by themselves, again and again; this only tells when that is done.",
            "Files written before it begins are in the index when it ends."
        },
        footer = {"skein workspace index app", "skein workspace index app --deadline 1m"})
public final class WorkspaceIndexCommand extends ListCommand {
    private static final Duration STEP = Duration.ofMillis(200);

    private final Shell shell;

    @Parameters(paramLabel = "WORKSPACE", description = "name")
    String name = "";

    @Option(names = "--deadline", paramLabel = "TIME", description = "how long to wait, such as 1m; default 10m")
    String deadline = "10m";

    public WorkspaceIndexCommand(Shell shell) {
        super(shell, WorkspaceStatusCommand.SHARD);
        this.shell = shell;
    }

    @Override
    protected List<JsonNode> all(Api api) {
        var clock = SteadyClock.system();
        var until = clock.instant().plus(Spans.parse("--deadline", deadline));
        var answer = api.get(WorkspaceCommand.path(name) + "/status");
        var began = time(answer, "answered_at");
        while (!isIndexed(answer, began)) {
            if (clock.instant().isAfter(until)) {
                Coverage.tell(shell, answer);
                throw Failure.of(ExitCode.UNSUCCESSFUL, name + " is not indexed within " + deadline)
                        .advise("skein workspace status " + name);
            }
            Pause.of(STEP);
            answer = api.get(WorkspaceCommand.path(name) + "/status");
        }
        return WorkspaceStatusCommand.shards(answer);
    }

    /** Whether all is there, and was compared with the disk since then. */
    private static boolean isIndexed(JsonNode answer, Instant since) {
        boolean isWhole =
                !answer.path("partial").asBoolean() && !answer.path("stale").asBoolean();
        for (var shard : answer.path("shards")) {
            isWhole &= since.equals(Instant.MIN) || time(shard, "as_of").isAfter(since);
        }
        return isWhole;
    }

    /** Long ago where the answer says none: nodes of an older version do not tell when they answered. */
    private static Instant time(JsonNode answer, String field) {
        var text = answer.path(field).asText("");
        return text.isEmpty() ? Instant.MIN : Instant.parse(text);
    }
}
