package dev.skein.review.engine.transcript;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lines of JSON, one for each request, written by a thread of its own; what it cannot follow is counted and said. */
public final class TranscriptFile implements Transcript {
    private static final Logger log = LoggerFactory.getLogger(TranscriptFile.class);
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");
    private static final Set<OpenOption> APPEND =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WAITING_MAX = 256;
    private static final int CLOSE_SECONDS = 5;

    private final Path file;
    private final TranscriptConfig config;
    private final InstantSource wall;
    private final ThreadPoolExecutor writer = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), TranscriptFile::thread);
    private final AtomicLong lost = new AtomicLong();
    private FileChannel channel; // of the writer's thread, once it runs

    private TranscriptFile(Path file, TranscriptConfig config, InstantSource wall) throws IOException {
        this.file = file;
        this.config = config;
        this.wall = wall;
        channel = opened();
    }

    /**
     * The transcript that is configured, which keeps nothing when none is.
     *
     * @param wall tells the time of day
     * @throws Problem when the file is a link, no regular file or cannot be written
     */
    public static Transcript open(TranscriptConfig config, InstantSource wall) {
        var file = config.file();
        if (file == null) {
            return NONE;
        }
        try {
            return new TranscriptFile(file, config, wall);
        } catch (IOException e) {
            throw new Problem(Kind.INVALID, "review.transcript cannot be written: " + e.getMessage());
        }
    }

    private FileChannel opened() throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is a link or no regular file");
        }
        var open = FileChannel.open(file, APPEND, PosixFilePermissions.asFileAttribute(OWN));
        if (!OWN.containsAll(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))) {
            log.warn("{} holds code and is open to others on this machine; its mode should be 0600", file);
        }
        return open;
    }

    @Override
    public void note(Entry entry) {
        var at = wall.instant();
        try {
            writer.execute(() -> write(entry, at));
        } catch (RejectedExecutionException full) {
            lost.incrementAndGet();
        }
    }

    private void write(Entry entry, Instant at) {
        try {
            var line = ByteBuffer.wrap((line(entry, at) + "\n").getBytes(StandardCharsets.UTF_8));
            if (channel.size() > 0 && channel.size() + line.remaining() > config.fileBytes()) {
                rotate();
            }
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException e) {
            lost.incrementAndGet();
            log.error("the transcript of reviews cannot be written: {}", e.getMessage());
        }
    }

    private String line(Entry entry, Instant at) throws JsonProcessingException {
        var object = JSON.createObjectNode()
                .put("at", at.toString())
                .put("host", entry.host())
                .put("model", entry.model())
                .put("millis", entry.took().toMillis());
        var talk = object.putArray("talk");
        entry.talk().forEach(said -> talk.addObject().put("role", said.role()).put("text", said.text()));
        object.put("answer", entry.answer()).put("problem", entry.problem());
        long missing = lost.getAndSet(0);
        if (missing > 0) {
            object.put("lost_before", missing);
        }
        return JSON.writeValueAsString(object);
    }

    /** The newest older file is {@code .1}; the oldest goes. A rename never follows a link. */
    private void rotate() throws IOException {
        channel.close();
        for (int number = config.filesMax() - 1; number >= 1; number--) {
            var from = number == 1 ? file : older(number - 1);
            if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(from, older(number), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (config.filesMax() == 1) {
            Files.deleteIfExists(file);
        }
        channel = opened();
    }

    private Path older(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "transcript");
        thread.setDaemon(true);
        return thread;
    }

    /** Writes what waits, within a bound. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("the end of the transcript was not written in time");
            }
            channel.close();
        } catch (IOException e) {
            log.warn("the transcript was not closed in order: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
