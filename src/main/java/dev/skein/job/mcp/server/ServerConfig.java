package dev.skein.job.mcp.server;

import dev.skein.job.mcp.McpLimits;
import dev.skein.job.mcp.http.HttpAddress;
import dev.skein.job.mcp.pool.PoolConfig;
import dev.skein.job.mcp.stdio.ServerCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One server.
 *
 * @param command how it is started; null when it is behind an address
 * @param address where it is; null when it is started
 * @param idle longest silence of a call, also without a limit of the job
 * @param total longest time of a call without a limit of the job
 * @param keepFor how long an answer is good for equal questions; null for servers that are not only asked
 */
record ServerConfig(
        String name,
        @Nullable ServerCommand command,
        @Nullable HttpAddress address,
        McpLimits limits,
        PoolConfig pool,
        ToolMap tools,
        TextClasses texts,
        Duration idle,
        Duration total,
        @Nullable Duration keepFor) {
    private static final Duration IDLE = Duration.ofSeconds(120);
    private static final Duration TOTAL = Duration.ofMinutes(30);

    /**
     * Reads {@code command}, {@code args}, {@code env}, {@code env-pass} and {@code dir} or {@code url}, the file of a
     * key in {@code api-key-file} with the variable for it in {@code api-key-env}, and bounds.
     */
    static ServerConfig read(String name, Map<String, String> settings, Map<String, String> environment) {
        var words = new Words(settings, "");
        var url = words.text("url");
        try {
            return new ServerConfig(
                    name,
                    url == null ? command(words, environment) : null,
                    url == null ? null : address(words, url),
                    limits(words),
                    pool(words),
                    ToolMap.of(words),
                    TextClasses.of(words),
                    words.duration("idle-limit", IDLE),
                    words.duration("call-limit", TOTAL),
                    words.text("keep-answers") == null ? null : words.duration("keep-answers", TOTAL));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("MCP server " + name + ": " + e.getMessage(), e);
        }
    }

    private static ServerCommand command(Words words, Map<String, String> environment) {
        var program = words.text("command");
        if (program == null) {
            throw words.wrong("command", "or url must be given");
        }
        var argv = new ArrayList<>(List.of(program));
        argv.addAll(words.list("args"));
        var theirs = new HashMap<>(words.pairs("env"));
        for (var passed : words.list("env-pass")) {
            var value = environment.get(passed);
            if (value != null) {
                theirs.putIfAbsent(passed, value);
            }
        }
        var variable = words.text("api-key-env");
        var key = key(words);
        if (key != null && variable != null) {
            theirs.put(variable, key);
        }
        var directory = words.text("dir");
        return new ServerCommand(argv, theirs, directory == null ? null : Path.of(directory));
    }

    private static HttpAddress address(Words words, String url) {
        var headers = new HashMap<>(words.pairs("headers"));
        var key = key(words);
        if (key != null) {
            headers.put("Authorization", "Bearer " + key);
        }
        return new HttpAddress(URI.create(url), headers);
    }

    private static @Nullable String key(Words words) {
        var file = words.text("api-key-file");
        try {
            return file == null ? null : Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw words.wrong("api-key-file", "names a file that cannot be read");
        }
    }

    private static McpLimits limits(Words words) {
        var standard = McpLimits.DEFAULTS;
        return new McpLimits(
                words.duration("handshake", standard.handshake()),
                (int) words.bytes("message-max", standard.messageMax()),
                words.duration("cancel-grace", standard.cancelGrace()),
                words.duration("stop-step", standard.stopStep()));
    }

    private static PoolConfig pool(Words words) {
        var standard = PoolConfig.DEFAULTS;
        return new PoolConfig(
                words.integer("min", standard.min()),
                words.integer("max", standard.max()),
                words.integer("calls-at-once", standard.callsAtOnce()),
                words.integer("queue-max", standard.queueMax()),
                words.duration("idle-exit", standard.idleExit()),
                words.whole("calls-max", standard.callsMax()),
                words.bytes("memory-max", standard.memoryMax()));
    }
}
