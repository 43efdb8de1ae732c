package dev.skein.job.mcp.stdio;

import dev.skein.kernel.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be written to a server, in order and within a bound: a server that does not read holds up its own
 * callers only, who are told so once the bound is reached.
 */
final class Outbox implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private record Letter(byte @Nullable [] bytes, Promise<Void> written) {}

    private final Context context;
    private final OutputStream out;
    private final long bytesMax;
    private final LinkedBlockingQueue<Letter> letters = new LinkedBlockingQueue<>(); // bounded by bytesMax
    private final AtomicLong waiting = new AtomicLong();

    Outbox(Context context, OutputStream out, long bytesMax) {
        this.context = context;
        this.out = out;
        this.bytesMax = bytesMax;
    }

    Future<Void> write(byte[] bytes) {
        if (waiting.addAndGet(bytes.length) > bytesMax) {
            waiting.addAndGet(-bytes.length);
            return Future.failedFuture(
                    Problem.busy("mcp_write_queue_full", "the server does not read what it is sent"));
        }
        var letter = new Letter(bytes, Promise.promise());
        letters.add(letter);
        return letter.written.future();
    }

    /** Closes the server's input once everything before is written. */
    void finish() {
        letters.add(new Letter(null, Promise.promise()));
    }

    @Override
    public void run() {
        try (out) {
            for (var letter = letters.take(); letter.bytes != null; letter = letters.take()) {
                write(letter, letter.bytes);
            }
        } catch (IOException e) {
            LOG.debug("an MCP server no longer reads: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Letter letter, byte[] bytes) throws IOException {
        try {
            out.write(bytes);
            out.flush();
            waiting.addAndGet(-bytes.length);
            context.runOnContext(done -> letter.written.tryComplete());
        } catch (IOException e) {
            letters.add(letter); // fails with the reason of the server's end, which is about to be known
            throw e;
        }
    }

    /** The letters that nobody will write any more. */
    List<Promise<Void>> undelivered() {
        var left = new ArrayList<Letter>();
        letters.drainTo(left);
        return left.stream().map(Letter::written).toList();
    }
}
