package dev.skein.cli.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.noun.ListCommand;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** How the shards of one are. */
@Command(
        name = "status",
        aliases = "stats",
        description = "Show the shards of a workspace: who has them, how much is in them and how fresh they are.",
        footer = {
            "skein workspace status app",
            "skein workspace status app --watch",
            "skein workspace status app -o json --fields root,faults"
        })
public final class WorkspaceStatusCommand extends ListCommand {
    static final Kind SHARD = new Kind(
            "shards",
            "root",
            List.of(
                    Column.of("SHARD", "root", Column.Form.TEXT),
                    Column.of("WORKER", "worker", Column.Form.TEXT),
                    Column.of("FILES", "files", Column.Form.NUMBER),
                    Column.of("SYMBOLS", "symbols", Column.Form.NUMBER),
                    Column.of("STALE", "stale", Column.Form.TEXT),
                    Column.of("AS OF", "as_of", Column.Form.AGE),
                    Column.of("FAULTS", "faults", Column.Form.COUNT),
                    Column.of("SPARE", "spare", Column.Form.TEXT),
                    Column.wide("SPARE AS OF", "spare_as_of", Column.Form.AGE),
                    Column.wide("RECEIVED", "received", Column.Form.NUMBER),
                    Column.wide("EPOCH", "epoch", Column.Form.NUMBER)));

    @Parameters(paramLabel = "WORKSPACE", description = "name")
    String name = "";

    public WorkspaceStatusCommand(Shell shell) {
        super(shell, SHARD);
    }

    @Override
    protected List<JsonNode> all(Api api) {
        var answer = api.get(WorkspaceCommand.path(name) + "/status");
        Coverage.tell(shell, answer);
        return shards(answer);
    }

    static List<JsonNode> shards(JsonNode answer) {
        var shards = new ArrayList<JsonNode>();
        answer.path("shards").forEach(shards::add);
        return shards;
    }
}
