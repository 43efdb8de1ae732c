package dev.skein.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.show.ListOptions;
import dev.skein.cli.show.Lister;
import dev.skein.kernel.SteadyClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a group put out lately. */
@Command(
        name = "outputs",
        description = "Show the latest outputs of a group.",
        footer = {
            "skein group outputs orders",
            "skein group outputs orders --pipeline ingest --limit 10 -o jsonl",
            "skein group outputs orders --watch"
        })
public final class GroupOutputsCommand implements Callable<Integer> {
    private static final int ALL = 1_000;

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(paramLabel = "GROUP", description = "name, id, or the beginning of an id")
    String group = "";

    @Option(names = "--pipeline", paramLabel = "NAME", description = "outputs of this pipeline only")
    @Nullable
    String pipeline;

    @Option(names = "--after", paramLabel = "SEQ", description = "outputs after this number only")
    @Nullable
    Long after;

    @Mixin
    ListOptions list = new ListOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public GroupOutputsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var lister = new Lister(shell, list, Kinds.OUTPUT, SteadyClock.system());
        var api = Api.of(connect, shell);
        var path = GroupCommand.path(api, group) + "/outputs" + query();
        return lister.show(() -> outputs(api.get(path)));
    }

    private String query() {
        int limit = list.limit == 0 || list.filter != null ? ALL : Math.min(list.limit, ALL);
        return "?limit=" + limit
                + (after == null ? "" : "&after=" + after)
                + (pipeline == null ? "" : "&pipeline=" + Api.part(pipeline));
    }

    private static List<JsonNode> outputs(JsonNode answer) {
        var outputs = new ArrayList<JsonNode>();
        answer.path("outputs").forEach(outputs::add);
        return outputs;
    }
}
