package dev.skein.job.mcp.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.job.mcp.JsonRpc;
import dev.skein.job.mcp.McpFailure;
import dev.skein.job.mcp.McpLimits;
import dev.skein.job.mcp.McpTransport;
import dev.skein.kernel.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Speaks to a server over its standard streams. */
public final class StdioTransport implements McpTransport {
    private static final int DRAIN_MILLIS = 500;

    private final Vertx vertx;
    private final Context context;
    private final ServerCommand command;
    private final Warden warden;
    private final McpLimits limits;
    private final Launch launch;
    private final Promise<Void> ended = Promise.promise();
    private @Nullable Child child;
    private @Nullable Listener listener;
    private @Nullable Future<Void> closing;
    private @Nullable Problem fault; // why we ended it, when we did

    /** A transport for the current context, to a server with this process's rights. */
    StdioTransport(Vertx vertx, ServerCommand command, Warden warden, McpLimits limits) {
        this(vertx, command, warden, limits, Launch.PLAIN);
    }

    /** A transport for the current context. */
    public StdioTransport(Vertx vertx, ServerCommand command, Warden warden, McpLimits limits, Launch launch) {
        this.launch = launch;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.command = command;
        this.warden = warden;
        this.limits = limits;
    }

    @Override
    public Future<Void> open(Listener to) {
        listener = to;
        return vertx.executeBlocking(this::start, false).map(started -> {
            child = started;
            started.process.onExit().whenComplete((process, failure) -> context.runOnContext(done -> exited(started)));
            started.read(new Child.Reader() {
                @Override
                public void message(JsonNode message) {
                    to.received(message);
                }

                @Override
                public void outputEnded(@Nullable Problem why) {
                    StdioTransport.this.outputEnded(why);
                }
            });
            return null;
        });
    }

    private Child start() {
        try {
            var started = launch.start(command);
            warden.add(started.process().pid());
            return new Child(context, started, limits.messageMax());
        } catch (IOException e) {
            throw McpFailure.gone("the program %s cannot be started: %s".formatted(command, e.getMessage()), List.of());
        }
    }

    @Override
    public Future<Void> send(ObjectNode message) {
        var to = child;
        if (to == null || ended.future().isComplete()) {
            return Future.failedFuture(McpFailure.gone("the server's process has ended", List.of()));
        }
        var bytes = JsonRpc.bytes(message);
        return bytes.length > limits.messageMax()
                ? Future.failedFuture(McpFailure.tooLarge("the request", limits.messageMax()))
                : to.send(bytes);
    }

    /** Process of the server, whose number is that of its group as well; 0 when there is none. */
    public long group() {
        return child == null || ended.future().isComplete() ? 0 : child.process.pid();
    }

    /** Ends the server at once, for a reason that its callers are told. */
    public void kill(Problem why) {
        if (child != null && !ended.future().isComplete()) {
            fault = fault == null ? why : fault;
            warden.signal("KILL", child.process.pid());
        }
    }

    /** The last lines that the server wrote for people. */
    public List<String> lastLines() {
        return child == null ? List.of() : child.lastLines();
    }

    private void outputEnded(@Nullable Problem why) {
        fault = fault == null ? why : fault;
        close().onFailure(failure -> {});
    }

    /** What is left of the group goes too, which closes the streams; then everything written has been read. */
    private void exited(Child of) {
        vertx.executeBlocking(() -> drain(of), false).onComplete(drained -> gone(of));
    }

    private @Nullable Void drain(Child of) throws InterruptedException {
        warden.remove(of.process.pid());
        of.left.run();
        of.awaitStreams(Duration.ofMillis(DRAIN_MILLIS));
        return null;
    }

    private void gone(Child of) {
        ended.tryComplete();
        var to = listener;
        if (to != null) {
            int code = of.process.exitValue();
            to.closed(fault != null ? fault : McpFailure.gone("the server " + command + ended(code), of.lastLines()));
        }
        of.discard();
    }

    private static String ended(int code) {
        int signals = 128; // the shell's way to count them, and that of java.lang.Process
        return code > signals ? " was ended by signal " + (code - signals) : " ended with code " + code;
    }

    @Override
    public Future<Void> close() {
        var of = child;
        if (of == null) {
            return Future.succeededFuture();
        }
        if (closing == null) {
            of.closeInput();
            closing = patience().recover(still -> signalled("TERM", of)).recover(still -> signalled("KILL", of));
        }
        return closing;
    }

    private Future<Void> signalled(String name, Child of) {
        warden.signal(name, of.process.pid());
        return patience();
    }

    private Future<Void> patience() {
        var step = Promise.<Void>promise(); // a time-out ends this wait only
        ended.future().onComplete(step);
        return step.future().timeout(limits.stopStep().toMillis(), TimeUnit.MILLISECONDS);
    }
}
