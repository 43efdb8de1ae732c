package dev.skein.job.mcp.server;

import java.util.List;
import java.util.Map;

/**
 * Answers questions about libraries: {@code {"action": "resolve-library", "query": "react"}} or {@code {"action":
 * "docs", "id": "/org/project", "query": "hooks"}}.
 *
 * <p>Configured by {@code command} or {@code url} and the other keys of a server; tools, arguments and texts of failures
 * are known unless they are configured.
 */
public final class Context7Handler extends McpHandler {
    @Override
    public String type() {
        return "context7";
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
