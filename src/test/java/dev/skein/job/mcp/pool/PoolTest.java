package dev.skein.job.mcp.pool;

import static dev.skein.job.mcp.peer.Connected.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.job.mcp.JsonRpc;
import dev.skein.job.mcp.McpCall;
import dev.skein.job.mcp.McpFailure;
import dev.skein.job.mcp.McpLimits;
import dev.skein.job.mcp.McpRunning;
import dev.skein.job.mcp.McpTransport;
import dev.skein.kernel.SteadyClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pool over servers that live in this process. */
class PoolTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final List<Scripted> servers = new CopyOnWriteArrayList<>();
    private McpPool pool;
    private volatile boolean startsFail;

    @AfterEach
    void stop() {
        if (pool != null) {
            await(pool.close());
        }
        await(vertx.close());
    }

    private void open(PoolConfig config) {
        Connections connections = () -> {
            var server = new Scripted(vertx.getOrCreateContext(), startsFail);
            servers.add(server);
            return server;
        };
        pool = new McpPool(
                vertx, "test", connections, new McpPool.PoolSettings(config, McpLimits.DEFAULTS, SteadyClock.system()));
        await(pool.open());
    }

    private McpRunning call(String tool) {
        return pool.call(tools -> new McpCall(tool, JsonRpc.object(), LONG), LONG);
    }

    private static PoolConfig config(int max, int atOnce, int queue) {
        return new PoolConfig(0, max, atOnce, queue, LONG, 3, 1L << 30);
    }

    @Test
    void calls_share_a_connection_up_to_its_limit_and_wait_beyond_all_of_them() {
        open(config(2, 1, 1));
        var first = call("hang");
        var second = call("hang");
        var third = call("echo");

        assertThatThrownBy(() -> await(call("echo").result()))
                .extracting("code")
                .isEqualTo(McpFailure.QUEUE_FULL);
        first.cancel("over");

        assertThat(await(third.result()).failed()).isFalse();
        assertThat(second.result().isComplete()).isFalse();
        assertThat(servers).hasSize(2);
        assertThat(await(pool.stats()).inFlight()).isEqualTo(1);
    }

    @Test
    void a_lost_server_fails_its_calls_and_the_next_call_gets_another() {
        open(config(1, 2, 9));
        var hanging = call("hang");
        await(call("echo").result());

        servers.get(0).die();

        assertThatThrownBy(() -> await(hanging.result())).extracting("code").isEqualTo(McpFailure.SERVER_GONE);
        assertThat(await(call("echo").result()).failed()).isFalse();
        assertThat(await(pool.stats())).satisfies(stats -> {
            assertThat(stats.exits()).containsEntry("lost", 1L);
            assertThat(stats.restarts()).isEqualTo(1);
            assertThat(stats.errors()).containsEntry(McpFailure.SERVER_GONE, 1L);
            assertThat(stats.lastFailure()).isEqualTo("it died");
        });
    }

    @Test
    void a_server_that_never_starts_is_left_alone_after_a_few_attempts() {
        startsFail = true;
        open(config(1, 1, 9));

        assertThatThrownBy(() -> await(call("echo").result()))
                .hasMessage("the server test failed 5 times in a row, last: it will not start")
                .extracting("code")
                .isEqualTo(McpFailure.BROKEN);
        assertThatThrownBy(() -> await(call("echo").result()))
                .extracting("code")
                .isEqualTo(McpFailure.BROKEN);
        assertThat(servers).hasSize(BackOff.BREAKS_AT);
        assertThat(await(pool.stats()).state()).isEqualTo("broken");
    }

    @Test
    void a_connection_is_replaced_after_its_share_of_calls() {
        open(config(1, 1, 9));

        for (int i = 0; i < 4; i++) {
            await(call("echo").result());
        }

        assertThat(servers).hasSize(2);
        assertThat(servers.get(0).closed).isTrue();
        assertThat(await(pool.stats()).exits()).containsEntry("recycled", 1L);
    }

    @Test
    void a_call_cancelled_while_it_waits_is_never_sent() {
        open(config(1, 1, 9));
        var first = call("hang");
        var waiting = call("echo");

        waiting.cancel("changed my mind");
        first.cancel("over");

        assertThatThrownBy(() -> await(waiting.result())).hasMessageContaining("changed my mind");
        assertThat(servers.get(0).tools).doesNotContain("echo");
    }

    @Test
    void pauses_grow_up_to_a_bound_and_end_with_an_answer() {
        var backOff = new BackOff(() -> 1);
        var now = Instant.EPOCH;

        backOff.lost(now);
        assertThat(backOff.wait(now)).isEqualTo(Duration.ofMillis(50));
        backOff.lost(now);
        assertThat(backOff.wait(now)).isEqualTo(Duration.ofMillis(100));
        backOff.worked();
        assertThat(backOff.wait(now)).isZero();
    }

    /** Answers at once, but for the tool {@code hang}. */
    private static final class Scripted implements McpTransport {
        final List<String> tools = new CopyOnWriteArrayList<>();
        volatile boolean closed;
        private final Context context;
        private final boolean broken;
        private volatile Listener listener;

        Scripted(Context context, boolean broken) {
            this.context = context;
            this.broken = broken;
        }

        @Override
        public Future<Void> open(Listener to) {
            listener = to;
            return broken
                    ? Future.failedFuture(McpFailure.gone("it will not start", List.of()))
                    : Future.succeededFuture();
        }

        @Override
        public Future<Void> send(ObjectNode message) {
            var method = message.path("method").asText();
            var tool = message.path("params").path("name").asText();
            if (method.equals("tools/call")) {
                tools.add(tool);
            }
            if (message.has("id") && !tool.equals("hang")) {
                var answer = JsonRpc.object();
                answer.set("id", message.path("id"));
                answer.putObject("result").put("protocolVersion", "2025-11-25");
                context.runOnContext(now -> listener.received(answer));
            }
            return Future.succeededFuture();
        }

        void die() {
            context.runOnContext(now -> listener.closed(McpFailure.gone("it died", List.of())));
        }

        @Override
        public Future<Void> close() {
            closed = true;
            return Future.succeededFuture();
        }
    }
}
