package dev.skein.job.mcp.server;

import java.util.List;
import java.util.Map;

/**
 * Asks a memory: {@code {"action": "ask", "message": "…"}}, {@code search} or {@code store}.
 *
 * <p>Configured by {@code command} or {@code url} and the other keys of a server; tools, arguments and texts of failures
 * are known unless they are configured.
 */
public final class CipherHandler extends McpHandler {
    @Override
    public String type() {
        return "cipher";
    }

    @Override
    String server() {
        return type();
    }

    @Override
    List<ServerConfig> configs(Map<String, String> settings) {
        return List.of(ServerConfig.read(type(), Presets.complete(type(), settings), System.getenv()));
    }
}
