package dev.skein.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.PortHolder;
import java.util.ArrayList;
import java.util.List;

/** What the node at the endpoint says about itself; that none runs is no fault. */
final class NodeChecks {
    private static final int HTTP = 80;

    private NodeChecks() {}

    static List<JsonNode> all(ConnectOptions connect, Shell shell) {
        var lines = new ArrayList<JsonNode>();
        var api = Api.of(connect, shell);
        try {
            var health = api.get("//health");
            lines.add(health(api, health));
            lines.add(ready(api));
        } catch (Failure failure) {
            lines.add(failure.exit() == ExitCode.UNAVAILABLE ? free(api) : line(failure));
        }
        return lines;
    }

    private static JsonNode health(Api api, JsonNode health) {
        var workers = health.path("workers");
        var found = "%s %s, %s; %d of %d workers healthy"
                .formatted(
                        health.path("role").asText("node"),
                        health.path("version").asText("?"),
                        health.path("status").asText("?"),
                        workers.path("healthy").asInt(),
                        workers.path("total").asInt());
        boolean isBad = health.path("status").asText().equals("critical");
        return MachineChecks.line(
                "node",
                found,
                isBad ? "skein worker list --endpoint " + api.target().endpoint() : null);
    }

    private static JsonNode ready(Api api) {
        try {
            return MachineChecks.line("ready", api.get("//ready").path("status").asText(), null);
        } catch (Failure failure) {
            return MachineChecks.line("ready", failure.what(), "wait, then look into the node's log");
        }
    }

    /** Nothing of ours there: either the port is free, or somebody else has it. */
    private static JsonNode free(Api api) {
        int port = api.target().endpoint().getPort();
        var holder = PortHolder.of(port < 0 ? HTTP : port);
        return MachineChecks.line(
                "node",
                "none at " + api.target().endpoint()
                        + holder.map(one -> "; the port is held by " + one).orElse("; the port is free"),
                holder.map(one -> "skein node up --port 9200").orElse(null));
    }

    private static JsonNode line(Failure failure) {
        return MachineChecks.line("node", failure.what(), failure.advice() == null ? "skein help" : failure.advice());
    }
}
