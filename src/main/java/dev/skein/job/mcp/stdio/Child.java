package dev.skein.job.mcp.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.job.mcp.JsonRpc;
import dev.skein.job.mcp.McpFailure;
import dev.skein.kernel.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server and the threads on its streams. */
final class Child {
    /** Called on the context. */
    interface Reader {
        void message(JsonNode message);

        /** Nothing more can be read; with a reason when that is this side's doing. */
        void outputEnded(@Nullable Problem why);
    }

    private static final int UNHANDLED_MAX = 64; // messages read but not yet handled, so that a chatty server waits
    private static final int HANDLING_SECONDS = 60;
    private static final int BACKLOG_MIN = 1 << 20;
    private static final int STACK_BYTES = 256 << 10;
    private static final int SHOWN_MAX = 200;
    private static final Logger LOG = LoggerFactory.getLogger(Child.class);

    final Process process;
    final Runnable left; // to be called after its end
    private final Context context;
    private final int messageMax;
    private final Outbox outbox;
    private final Tail tail = new Tail();
    private final Semaphore unhandled = new Semaphore(UNHANDLED_MAX);
    private @Nullable Thread output;
    private @Nullable Thread errors;

    Child(Context context, Launch.Started started, int messageMax) {
        this.context = context;
        this.process = started.process();
        this.left = started.left();
        this.messageMax = messageMax;
        outbox = new Outbox(context, process.getOutputStream(), Math.max(BACKLOG_MIN, 2L * messageMax));
    }

    /** Begins to read and write. */
    void read(Reader reader) {
        thread("in", outbox);
        errors = thread("err", this::drainErrors);
        output = thread("out", () -> readMessages(reader));
    }

    private Thread thread(String stream, Runnable work) {
        var thread = new Thread(null, work, "mcp-" + process.pid() + "-" + stream, STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    Future<Void> send(byte[] message) {
        var line = Arrays.copyOf(message, message.length + 1);
        line[message.length] = '\n';
        return outbox.write(line);
    }

    void closeInput() {
        outbox.finish();
    }

    List<String> lastLines() {
        return tail.lines();
    }

    /** Blocks until both outputs are read to their end. */
    void awaitStreams(Duration atMost) throws InterruptedException {
        for (var reader : new Thread[] {output, errors}) {
            if (reader != null) {
                reader.join(atMost.toMillis());
            }
        }
    }

    /** Gives up what was not written; its writer ends. */
    void discard() {
        var failure = McpFailure.gone("the server's process has ended", List.of());
        outbox.undelivered().forEach(written -> written.tryFail(failure));
        outbox.finish();
    }

    private void readMessages(Reader reader) {
        Problem why = null;
        try {
            var lines = new Lines(process.getInputStream(), messageMax, false);
            for (var line = lines.next(); line != null; line = lines.next()) {
                handOver(line, reader);
            }
        } catch (Lines.TooLong e) {
            why = McpFailure.tooLarge("a message of the server", messageMax);
        } catch (IOException e) {
            LOG.debug("the output of an MCP server ended: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var reason = why;
        context.runOnContext(done -> reader.outputEnded(reason));
    }

    private void handOver(byte[] line, Reader reader) throws InterruptedException {
        var message = JsonRpc.parse(line); // here, as a large one takes long
        if (message == null) {
            if (line.length > 0) {
                LOG.debug("skipped what an MCP server wrote between its messages: {}", shown(line));
            }
            return;
        }
        if (!unhandled.tryAcquire(HANDLING_SECONDS, TimeUnit.SECONDS)) {
            throw new InterruptedException("nobody handles what the server sends");
        }
        context.runOnContext(arrived -> {
            unhandled.release();
            reader.message(message);
        });
    }

    private static String shown(byte[] line) {
        return new String(line, 0, Math.min(line.length, SHOWN_MAX), StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}", "?");
    }

    private void drainErrors() {
        try {
            var lines = new Lines(process.getErrorStream(), Tail.LINE_MAX, true);
            for (var line = lines.next(); line != null; line = lines.next()) {
                tail.add(new String(line, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?"));
            }
        } catch (IOException e) {
            LOG.debug("the log of an MCP server ended: {}", e.getMessage());
        }
    }
}
