package dev.skein.audit;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes deeds from any thread and writes them on one of its own. What a flood repeats becomes one line with a count,
 * and what does not fit the queue is counted in a line of its own, so neither disk nor memory can be filled from
 * outside.
 */
public final class AuditWriter implements Audit, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger("dev.skein.audit");
    private static final int WAITING_MAX = 10_000;
    private static final int BATCH_MAX = 1_000;
    private static final long IDLE_MILLIS = 500;
    private static final long CLOSE_MILLIS = 5_000;
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");
    private static final Deed END = Deed.refused("audit.end", "", "", "");

    private final BlockingQueue<Deed> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicLong lost = new AtomicLong();
    private final AuditFile file;
    private final Repeats repeats;
    private final Thread thread;

    private AuditWriter(AuditFile file, InstantSource clock) {
        this.file = file;
        this.repeats = new Repeats(clock);
        this.thread = new Thread(this::write, "audit");
        thread.setDaemon(true);
    }

    /**
     * Opens the audit of a data folder, which is made for its owner alone, and goes on with its chain.
     *
     * @param wall tells the time of day
     * @param steady tells how long something takes
     */
    public static AuditWriter open(Path dataDir, AuditConfig config, InstantSource wall, InstantSource steady) {
        try {
            Files.createDirectories(dataDir, PosixFilePermissions.asFileAttribute(OWN));
            if (!OWN.containsAll(Files.getPosixFilePermissions(dataDir))) {
                log.warn("{} is open to others on this machine; its mode should be 0700", dataDir);
            }
            var writer = new AuditWriter(new AuditFile(dataDir, config, wall), steady);
            writer.thread.start();
            return writer;
        } catch (IOException e) {
            throw new Problem(Kind.INTERNAL, "the audit in " + dataDir + " cannot be written: " + e.getMessage());
        }
    }

    @Override
    public void note(Deed deed) {
        if (!waiting.offer(deed)) {
            lost.incrementAndGet();
        }
    }

    private void write() {
        var batch = new ArrayList<Deed>();
        boolean isOver = false;
        while (!isOver) {
            batch.clear();
            isOver = !take(batch);
            try {
                append(batch);
            } catch (IOException e) {
                if (!batch.isEmpty()) {
                    log.error("the audit cannot be written: {}", e.getMessage());
                }
            }
        }
    }

    /** Waits a moment for deeds; false when there will be no more. */
    private boolean take(ArrayList<Deed> batch) {
        try {
            var first = waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                waiting.drainTo(batch, BATCH_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !batch.remove(END);
    }

    private void append(ArrayList<Deed> batch) throws IOException {
        var deeds = new ArrayDeque<>(repeats.thin(batch));
        boolean isWritten = !deeds.isEmpty();
        deeds.forEach(AuditWriter::log);
        try {
            isWritten |= confess();
            while (!deeds.isEmpty()) {
                file.append(deeds.element());
                deeds.remove();
            }
        } catch (IOException e) {
            lost.addAndGet(deeds.size());
            throw e;
        }
        if (isWritten) {
            file.force();
        }
    }

    /** Notes how many lines are missing at this place; false when none are. */
    private boolean confess() throws IOException {
        long missing = lost.get();
        if (missing > 0) {
            file.append(new Deed("", "system", "audit.lost", "", missing + " lines could not be kept", "", "", ""));
            lost.addAndGet(-missing);
        }
        return missing > 0;
    }

    private static void log(Deed deed) {
        log.info(
                "{} by {} at {} from {}: {} (request {})",
                deed.what(),
                deed.who(),
                deed.target(),
                deed.from(),
                deed.outcome(),
                deed.request());
    }

    /** Lines that are missing and of which the file does not tell yet. */
    long lost() {
        return lost.get();
    }

    /** Writes what waits and lets go of the file. */
    @Override
    public void close() {
        try {
            waiting.put(END);
            thread.join(CLOSE_MILLIS);
            file.close();
        } catch (IOException e) {
            log.warn("the audit was not closed in order: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
