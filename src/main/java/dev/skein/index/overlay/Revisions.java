package dev.skein.index.overlay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers of changes that grow over all lives of a router. A life begins at its epoch, which is the time in seconds, or
 * one more than the life before if the clock went back, with room for a million changes in each second. Thread-safe.
 */
public final class Revisions {
    private static final Logger log = LoggerFactory.getLogger(Revisions.class);
    private static final int ROOM_BITS = 20; // up to 2^53 they are exact in every reader of JSON

    private final long epoch;
    private final AtomicLong last;

    /** @param epoch in seconds */
    public Revisions(long epoch) {
        this.epoch = epoch << ROOM_BITS;
        this.last = new AtomicLong(this.epoch);
    }

    /** Those of a life that begins now. Blocks; without a readable file the clock alone decides. */
    public static Revisions begin(Path file, long nowMillis) {
        long epoch = Math.max(read(file) + 1, nowMillis / 1_000);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, Long.toString(epoch));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.warn("the router's epoch is not kept: {}", e.toString());
        }
        return new Revisions(epoch);
    }

    private static long read(Path file) {
        try {
            return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
        } catch (IOException | NumberFormatException e) {
            log.warn("the router's last epoch cannot be read: {}", e.toString());
            return 0;
        }
    }

    /** The number before the first of this life. */
    public long epoch() {
        return epoch;
    }

    /** The last that was given. */
    public long current() {
        return last.get();
    }

    public long next() {
        return last.incrementAndGet();
    }
}
