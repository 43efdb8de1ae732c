package dev.skein.job.mcp.server;

import dev.skein.job.mcp.pool.PoolMetrics;
import dev.skein.job.run.JobCall;
import dev.skein.job.run.JobHandler;
import dev.skein.job.run.JobResult;
import dev.skein.job.run.JobSurroundings;
import dev.skein.process.User;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls a tool of a configured server: {@code {"server": "files", "tool": "read_text_file", "arguments": {…}}}, or
 * {@code "action"} with fields in place of tool and arguments where the configuration maps them.
 *
 * <p>A server is configured by {@code servers.NAME.command}, {@code .args}, {@code .env}, {@code .url} and so on.
 */
public class McpHandler implements JobHandler {
    private static final String SERVERS = "servers.";

    private @Nullable Servers servers;
    private @Nullable ServerCalls calls;

    @Override
    public String type() {
        return "mcp";
    }

    @Override
    public final void open(JobSurroundings around) {
        servers = new Servers(around.vertx(), around.clock(), configs(around.settings()), door(around));
        calls = new ServerCalls(servers, around.clock());
    }

    private static Servers.Door door(JobSurroundings around) {
        try {
            return new Servers.Door(
                    around.processes(), User.named(around.settings().get("user")));
        } catch (IOException unknown) {
            throw new UncheckedIOException(String.valueOf(unknown.getMessage()), unknown);
        }
    }

    @Override
    public final void count(MeterRegistry metrics) {
        if (servers != null) {
            servers.count(new PoolMetrics(metrics, type()));
        }
    }

    @Override
    public final Future<JobResult> run(JobCall call) {
        return calls == null
                ? Future.failedFuture(new IllegalStateException("the handler is not open"))
                : calls.run(call, server());
    }

    @Override
    public final void close() {
        if (servers != null) {
            servers.close();
        }
    }

    /** The one server of this type; null when the payload names it. */
    @Nullable
    String server() {
        return null;
    }

    List<ServerConfig> configs(Map<String, String> settings) {
        var configs = new ArrayList<ServerConfig>();
        for (var name : Words.below(settings, SERVERS)) {
            var own = new HashMap<String, String>();
            var prefix = SERVERS + name + ".";
            settings.forEach((key, text) -> {
                if (key.startsWith(prefix)) {
                    own.put(key.substring(prefix.length()), text);
                }
            });
            configs.add(ServerConfig.read(name, Presets.complete(name, own), System.getenv()));
        }
        return configs;
    }
}
