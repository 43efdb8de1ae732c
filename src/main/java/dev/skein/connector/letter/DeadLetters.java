package dev.skein.connector.letter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps dead letters on disk, one JSON object a line. Thread-safe; taking one never waits. */
public final class DeadLetters {
    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final int WAITING_BYTES_MAX = 16 << 20;
    private static final int LINE_BYTES_MAX = 1 << 20;

    private final Vertx vertx;
    private final InstantSource wall;
    private final RotatingFile file; // written by one blocking call at a time
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    private List<byte[]> waiting = new ArrayList<>(); // all below guarded by this
    private long waitingBytes;
    private boolean writing;
    private Promise<Void> written = Promise.promise();

    /**
     * Letters of one node.
     *
     * @param bytesMax how much all files together may take
     * @param wall the time of day
     */
    public DeadLetters(Vertx vertx, Path folder, long bytesMax, InstantSource wall) {
        this.vertx = vertx;
        this.wall = wall;
        this.file = new RotatingFile(folder.resolve("dead-letters.jsonl"), bytesMax);
    }

    /** Since the process started. */
    public long count() {
        return count.get();
    }

    /** Those that could not even be kept, since the process started. */
    public long lost() {
        return lost.get();
    }

    public void add(DeadLetter letter) {
        if (count.getAndIncrement() % 1_000 == 0) {
            log.warn(
                    "connector {} of {}: a message became a dead letter: {}",
                    letter.connector(),
                    letter.owner().placement(),
                    letter.reason());
        }
        var line = line(letter);
        synchronized (this) {
            if (waitingBytes + line.length > WAITING_BYTES_MAX) {
                lost.incrementAndGet();
                return;
            }
            waiting.add(line);
            waitingBytes += line.length;
            if (writing) {
                return;
            }
            writing = true;
        }
        writeOn();
    }

    /** Completes when everything added so far is on disk or counted as lost. */
    public synchronized Future<Void> settled() {
        return writing ? written.future() : Future.succeededFuture();
    }

    private void writeOn() {
        vertx.executeBlocking(this::writeAll, false).onComplete(done -> goOn());
    }

    private boolean writeAll() {
        List<byte[]> lines;
        synchronized (this) {
            lines = waiting;
            waiting = new ArrayList<>();
            waitingBytes = 0;
        }
        try {
            file.append(lines);
        } catch (IOException e) {
            lost.addAndGet(lines.size());
            log.error("{} dead letters could not be kept: {}", lines.size(), e.toString());
        }
        return true;
    }

    private void goOn() {
        Promise<Void> done;
        synchronized (this) {
            if (!waiting.isEmpty()) {
                done = null;
            } else {
                writing = false;
                done = written;
                written = Promise.promise();
            }
        }
        if (done == null) {
            writeOn();
        } else {
            done.complete();
        }
    }

    private byte[] line(DeadLetter letter) {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("at", wall.instant().toString());
            json.writeStringField("group_id", letter.owner().groupId());
            json.writeStringField("pipeline_name", letter.owner().placement());
            json.writeNumberField("epoch", letter.owner().epoch());
            json.writeStringField("connector", letter.connector());
            json.writeStringField("way", letter.way());
            json.writeStringField("reason", letter.reason());
            json.writeNumberField("attempts", letter.attempts());
            message(letter, json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private static void message(DeadLetter letter, JsonGenerator json) throws IOException {
        var message = letter.message();
        boolean isCut = message.length() > LINE_BYTES_MAX;
        json.writeStringField("message", isCut ? message.substring(0, LINE_BYTES_MAX) : message);
        if (isCut) {
            json.writeNumberField("message_length", message.length());
        }
    }
}
