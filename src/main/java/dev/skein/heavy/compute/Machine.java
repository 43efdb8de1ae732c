package dev.skein.heavy.compute;

import dev.skein.job.run.JobLog;
import dev.skein.process.Ended;
import dev.skein.process.Output;
import dev.skein.process.Running;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One Java machine of the node's, for one job. Thread-safe. */
final class Machine implements Output {
    /** What follows an answer, or is none, must not fill the node's memory. */
    private static final int ANSWER_BYTES_MAX = 8 << 20;

    private static final int HEAD_BYTES = 6; // ready, what, and the length of the text
    private static final int LENGTH_AT = 2;
    private static final Duration AT_ONCE = Duration.ZERO;

    final long capBytes;
    private final ByteArrayOutputStream answered = new ByteArrayOutputStream(); // by the stream's one thread
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final AtomicReference<@Nullable JobLog> log = new AtomicReference<>();
    private final CompletableFuture<Running> running = new CompletableFuture<>();

    Machine(long capBytes) {
        this.capBytes = capBytes;
    }

    void started(Running process) {
        running.complete(process);
        process.ended().thenAccept(ended -> ready.complete(false));
    }

    /** Whether it came up; completes once that is known. */
    CompletableFuture<Boolean> ready() {
        return ready;
    }

    @Override
    public void write(boolean isError, byte[] bytes, int length) {
        if (!isError) {
            answered.write(bytes, 0, Math.min(length, ANSWER_BYTES_MAX - answered.size()));
            ready.complete(answered.size() > 0);
            return;
        }
        var to = log.get();
        if (to != null) {
            to.write(JobLog.Stream.ERR, bytes, 0, length);
        }
    }

    /** Gives it its job. Fails when it is gone. */
    void ask(String name, String input, JobLog to) throws IOException {
        log.set(to);
        try (var request = new DataOutputStream(running.join().input())) {
            for (var text : new String[] {name, input}) {
                var bytes = text.getBytes(StandardCharsets.UTF_8);
                request.writeInt(bytes.length);
                request.write(bytes);
            }
        }
    }

    /** How it ended, with everything it started. */
    CompletableFuture<Ended> ended() {
        return running.thenCompose(Running::ended);
    }

    long residentBytes() {
        var started = running.getNow(null);
        return started == null ? 0 : started.residentBytes();
    }

    void stop(Duration grace) {
        running.thenAccept(process -> process.stop(grace));
    }

    void kill() {
        stop(AT_ONCE);
    }

    boolean isAlive() {
        return running.isDone() && !running.join().ended().isDone();
    }

    /** What was answered, as {@link ComputeMain} names it, and a text; null when not whole. Call after the end. */
    @Nullable
    Answer answer() {
        var bytes = ByteBuffer.wrap(answered.toByteArray());
        if (bytes.limit() < HEAD_BYTES) {
            return null;
        }
        int length = bytes.getInt(LENGTH_AT);
        if (length < 0 || length > bytes.limit() - HEAD_BYTES) {
            return null;
        }
        var text = new String(bytes.array(), HEAD_BYTES, length, StandardCharsets.UTF_8);
        return new Answer(bytes.get(1), text);
    }

    record Answer(int what, String text) {}
}
