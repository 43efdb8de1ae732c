package dev.skein.job.mcp.stdio;

import static dev.skein.job.mcp.peer.Connected.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.demo.points.PointServer;
import dev.skein.job.mcp.JsonRpc;
import dev.skein.job.mcp.McpCall;
import dev.skein.job.mcp.McpLimits;
import dev.skein.job.mcp.McpResult;
import dev.skein.job.mcp.McpTool;
import dev.skein.job.mcp.peer.Connected;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client and the server that comes with the jar, as the demo puts them together. */
class ShippedServerTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final McpLimits LIMITS = new McpLimits(LONG, 1 << 20, LONG, Duration.ofMillis(500));

    private final Vertx vertx = Vertx.vertx();
    private Warden warden;
    private Connected peer;

    @BeforeEach
    void start() throws IOException {
        warden = Warden.start();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var argv = List.of(java, "-cp", System.getProperty("java.class.path"), PointServer.class.getName());
        var command = new ServerCommand(argv, Map.of(), null);
        peer = Connected.open(vertx, () -> new StdioTransport(vertx, command, warden, LIMITS), LIMITS);
    }

    @AfterEach
    void stop() {
        peer.ask(peer.client::close);
        await(vertx.close());
        warden.close();
    }

    @Test
    void its_tool_is_listed_called_and_refuses_what_is_no_point() {
        assertThat(peer.ask(peer.client::tools)).extracting(McpTool::name).containsExactly("iterations");

        var found = call(750, 250);
        assertThat(found.failed()).isFalse();
        assertThat(found.raw().path("structuredContent").path("iterations").asInt())
                .isEqualTo(5);
        assertThat(call(1_000, 0).failed()).isTrue();
        assertThat(peer.ask(() -> peer.client.ping().map("pong"))).isEqualTo("pong");
    }

    private McpResult call(int x, int y) {
        var point = JsonRpc.object().put("x", x).put("y", y);
        return await(peer.start(new McpCall("iterations", point, LONG, LONG, step -> {}))
                .result());
    }
}
