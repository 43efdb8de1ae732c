package dev.skein.router.journal;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventPacking;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded log of events with a note for each that was delivered. Many appends share one fsync. A file is deleted
 * when it is full and everything in it is delivered. Thread-safe; only {@link #open} blocks.
 */
public final class Journal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);
    private static final byte KEPT = 1;
    private static final byte DELIVERED = 2;
    private static final int SEGMENTS = 8; // of the bytes allowed
    private static final long IDLE_SECONDS = 10;
    private static final int HEAD = 1 + Long.BYTES;

    /** An event and the number under which it is kept. */
    public record Entry(long number, String groupId, Event event) {}

    private record Write(
            byte[] record, long number, @Nullable Promise<Long> done) {}

    private final Path directory;
    private final long bytesMax;
    private final List<Entry> left = new ArrayList<>();
    private final ThreadPoolExecutor writer;

    // guarded by this
    private final ArrayDeque<Write> queue = new ArrayDeque<>();
    private long bytes;
    private long nextNumber;
    private boolean writing;

    // used by one writer at a time
    private final Map<Long, Segment> segmentOf = new HashMap<>(); // of events not yet delivered
    private final Map<Segment, Set<Long>> open = new LinkedHashMap<>();
    private @Nullable Segment current;
    private long segmentNumber;

    private Journal(Path directory, long bytesMax) {
        this.directory = directory;
        this.bytesMax = bytesMax;
        this.writer =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), step -> {
                    var thread = new Thread(step, "router-journal");
                    thread.setDaemon(true);
                    return thread;
                });
        writer.allowCoreThreadTimeOut(true);
    }

    /** Opens the journal in its directory, which is made if it is not there. Blocks. */
    public static Journal open(Path directory, long bytesMax) throws IOException {
        Files.createDirectories(directory);
        var journal = new Journal(directory, bytesMax);
        journal.recover();
        return journal;
    }

    /** Reads what was left over and writes it into a new file, so that old ones can go. */
    private void recover() throws IOException {
        var files = new ArrayList<Path>();
        try (var listed = Files.newDirectoryStream(directory, "events-*.log")) {
            listed.forEach(files::add);
        }
        files.sort(null);
        var kept = new LinkedHashMap<Long, byte[]>();
        for (var file : files) {
            for (var record : Segment.read(file)) {
                var head = ByteBuffer.wrap(record);
                if (head.get() == KEPT) {
                    kept.put(head.getLong(), record);
                } else {
                    kept.remove(head.getLong());
                }
            }
            segmentNumber = Math.max(segmentNumber, numberOf(file));
        }
        kept.forEach((number, record) -> left.add(entry(number, record)));
        nextNumber =
                kept.keySet().stream().mapToLong(number -> number + 1).max().orElse(0);
        if (!kept.isEmpty()) {
            write(kept.entrySet().stream()
                    .map(each -> new Write(each.getValue(), each.getKey(), null))
                    .toList());
            bytes = kept.values().stream().mapToLong(Segment::sizeOf).sum();
        }
        for (var file : files) {
            Files.delete(file);
        }
    }

    private static long numberOf(Path file) {
        var digits = file.getFileName().toString().replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    /** What was not delivered when the journal was opened, in order. */
    public List<Entry> left() {
        return List.copyOf(left);
    }

    /**
     * Keeps an event.
     *
     * @return its number, once it is on disk; fails with 503 when the journal is full, 507 when the disk is
     */
    public Future<Long> append(String groupId, Event event) {
        Promise<Long> done = Promise.promise();
        synchronized (this) {
            long number = nextNumber++;
            var record = record(number, groupId, event);
            if (bytes + Segment.sizeOf(record) > bytesMax) {
                return Future.failedFuture(Problem.busy(
                        "pipeline_unavailable", "too many events that nobody waits for are not delivered yet"));
            }
            bytes += Segment.sizeOf(record);
            enqueue(new Write(record, number, done));
        }
        return done.future();
    }

    /** Notes that an event was delivered. If the note is lost in a crash, the event is delivered again. */
    public synchronized void delivered(long number) {
        var record = ByteBuffer.allocate(HEAD).put(DELIVERED).putLong(number).array();
        bytes += Segment.sizeOf(record);
        enqueue(new Write(record, number, null));
    }

    private void enqueue(Write write) {
        queue.add(write);
        if (!writing) {
            writing = true;
            writer.execute(this::drain);
        }
    }

    private void drain() {
        while (true) {
            List<Write> writes;
            synchronized (this) {
                if (queue.isEmpty()) {
                    writing = false;
                    return;
                }
                writes = new ArrayList<>(queue);
                queue.clear();
            }
            try {
                write(writes);
                writes.forEach(Journal::complete);
            } catch (IOException e) {
                log.error("the journal of unawaited events cannot be written", e);
                giveBack(writes);
                writes.forEach(write -> fail(write, e));
            }
        }
    }

    private static void complete(Write write) {
        if (write.done != null) {
            write.done.complete(write.number);
        }
    }

    private static void fail(Write write, IOException cause) {
        if (write.done != null) {
            write.done.fail(new Problem(Kind.STORAGE_FULL, "the event could not be kept: " + cause.getMessage()));
        }
    }

    private synchronized void giveBack(List<Write> writes) {
        writes.forEach(write -> bytes -= Segment.sizeOf(write.record));
    }

    private void write(List<Write> writes) throws IOException {
        var segment = segment();
        boolean lasting = writes.stream().anyMatch(write -> write.record[0] == KEPT);
        segment.append(writes.stream().map(Write::record).toList(), lasting);
        for (var write : writes) {
            if (write.record[0] == KEPT) {
                segmentOf.put(write.number, segment);
                open.computeIfAbsent(segment, unseen -> new HashSet<>()).add(write.number);
            } else {
                forget(write.number);
            }
        }
        deleteFinished();
    }

    private Segment segment() throws IOException {
        var segment = current;
        if (segment == null || segment.size() > bytesMax / SEGMENTS) {
            segmentNumber++;
            segment = Segment.create(directory.resolve("events-%016d.log".formatted(segmentNumber)));
            current = segment;
            open.put(segment, new HashSet<>());
        }
        return segment;
    }

    private void forget(long number) {
        var segment = segmentOf.remove(number);
        var numbers = segment == null ? null : open.get(segment);
        if (numbers != null) {
            numbers.remove(number);
        }
    }

    /** Oldest first and without gaps, or a note could go before the event it belongs to. */
    private void deleteFinished() throws IOException {
        for (var oldest = open.entrySet().iterator(); oldest.hasNext(); ) {
            var entry = oldest.next();
            boolean stillWritten = entry.getKey() == current && current.size() <= bytesMax / SEGMENTS;
            if (!entry.getValue().isEmpty() || stillWritten) {
                return;
            }
            oldest.remove();
            current = entry.getKey() == current ? null : current;
            entry.getKey().delete();
            synchronized (this) {
                bytes -= entry.getKey().size();
            }
        }
    }

    private static byte[] record(long number, String groupId, Event event) {
        var group = groupId.getBytes(StandardCharsets.UTF_8);
        var packed = EventPacking.pack(List.of(event));
        return ByteBuffer.allocate(HEAD + Integer.BYTES + group.length + packed.length)
                .put(KEPT)
                .putLong(number)
                .putInt(group.length)
                .put(group)
                .put(packed)
                .array();
    }

    private static Entry entry(long number, byte[] record) {
        var bytes = ByteBuffer.wrap(record, HEAD, record.length - HEAD);
        var group = new byte[bytes.getInt()];
        bytes.get(group);
        var packed = new byte[bytes.remaining()];
        bytes.get(packed);
        return new Entry(
                number,
                new String(group, StandardCharsets.UTF_8),
                EventPacking.unpack(packed).get(0));
    }

    /** Writes what is under way and closes. */
    @Override
    public void close() throws IOException {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(IDLE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("the journal of unawaited events was not written to its end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (var segment : open.keySet()) {
            segment.close();
        }
    }
}
