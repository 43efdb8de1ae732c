package dev.skein.cli.topology;

import static dev.skein.cli.show.Column.Form.STATE;
import static dev.skein.cli.show.Column.Form.TEXT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.noun.ListCommand;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Shows which pipeline runs where and what it receives. */
@Command(
        name = "topology",
        description = "Show which pipeline runs where and what it receives.",
        footer = {
            "skein topology",
            "skein topology --filter 'worker_id=worker-0' -o json",
            "skein topology --sort worker_id --watch"
        })
public final class TopologyCommand extends ListCommand {
    private static final Kind HOSTED = new Kind(
            "placements",
            "key",
            List.of(
                    Column.of("GROUP", "group_name", TEXT),
                    Column.of("PIPELINE", "pipeline", TEXT),
                    Column.of("WORKER", "worker_id", TEXT),
                    Column.of("STATUS", "worker_status", STATE),
                    Column.of("RECEIVES", "receives", TEXT),
                    Column.wide("ADDRESS", "worker_address", TEXT),
                    Column.wide("GROUP-ID", "group_id", TEXT)));

    public TopologyCommand(Shell shell) {
        super(shell, HOSTED);
    }

    @Override
    protected List<JsonNode> all(Api api) {
        return rows(api.get("/topology"));
    }

    private static List<JsonNode> rows(JsonNode topology) {
        var rows = new ArrayList<JsonNode>();
        for (var group : topology.path("groups")) {
            for (var pipeline : group.path("pipelines")) {
                rows.add(row(topology, group, pipeline));
            }
        }
        return rows;
    }

    private static JsonNode row(JsonNode topology, JsonNode group, JsonNode pipeline) {
        var name = pipeline.path("name").asText();
        var worker = pipeline.path("worker_id").asText();
        var row = new ObjectMapper().createObjectNode();
        row.put("key", group.path("group_id").asText() + "/" + name);
        row.put("group_id", group.path("group_id").asText());
        row.put("group_name", group.path("group_name").asText());
        row.put("pipeline", name);
        row.put("worker_id", worker);
        row.put("worker_address", pipeline.path("worker_address").asText());
        for (var one : topology.path("workers")) {
            if (one.path("id").asText().equals(worker)) {
                row.put("worker_status", one.path("status").asText());
            }
        }
        receives(row.putArray("receives"), group, name.replaceFirst("#[0-9]+$", ""));
        return row;
    }

    /** What arrives, as {@code EventA*} from outside or {@code Pixel<row0} from another pipeline. */
    private static void receives(ArrayNode receives, JsonNode group, String pipeline) {
        for (var route : group.path("routes")) {
            var from = route.path("from_pipeline").asText();
            if (route.path("to_pipeline").asText().equals(pipeline)) {
                route.path("event_types")
                        .forEach(type -> receives.add(type.asText() + (from.equals("_external") ? "" : "<" + from)));
            }
        }
    }
}
