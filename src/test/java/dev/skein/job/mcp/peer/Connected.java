package dev.skein.job.mcp.peer;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.job.mcp.JsonRpc;
import dev.skein.job.mcp.McpCall;
import dev.skein.job.mcp.McpClient;
import dev.skein.job.mcp.McpLimits;
import dev.skein.job.mcp.McpResult;
import dev.skein.job.mcp.McpRunning;
import dev.skein.job.mcp.McpTransport;
import dev.skein.kernel.SteadyClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A client on a context of its own, used from the test's thread. */
public final class Connected {
    private static final Duration LONG = Duration.ofSeconds(60);

    public final McpClient client;
    private final Context context;

    private Connected(Context context, McpClient client) {
        this.context = context;
        this.client = client;
    }

    /** Makes the transport and the client on one context, without opening it. */
    public static Connected make(Vertx vertx, Supplier<McpTransport> transport, McpLimits limits) {
        var context = vertx.getOrCreateContext();
        var made = on(
                context,
                () -> Future.succeededFuture(new McpClient(vertx, transport.get(), limits, SteadyClock.system())));
        return new Connected(context, await(made));
    }

    public static Connected open(Vertx vertx, Supplier<McpTransport> transport, McpLimits limits) {
        var connected = make(vertx, transport, limits);
        connected.ask(connected.client::open);
        return connected;
    }

    /** Does something on the client's context and waits for what comes of it. */
    public <T> T ask(Supplier<Future<T>> work) {
        return await(on(context, work));
    }

    public McpResult call(String tool, String text) {
        return await(start(new McpCall(tool, text(text), LONG)).result());
    }

    public McpRunning start(McpCall call) {
        return ask(() -> Future.succeededFuture(client.call(call)));
    }

    public void cancel(McpRunning call) {
        context.runOnContext(now -> call.cancel("the test says so"));
    }

    public static ObjectNode text(String text) {
        return JsonRpc.object().put("text", text);
    }

    private static <T> Future<T> on(Context context, Supplier<Future<T>> work) {
        var promise = Promise.<T>promise();
        context.runOnContext(now -> work.get().onComplete(promise));
        return promise.future();
    }

    /** The value, or the failure as it was. */
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(LONG.toSeconds(), SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
