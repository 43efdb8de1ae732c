package dev.skein.memory;

import dev.skein.kernel.ByteSize;
import dev.skein.kernel.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Bytes promised to work that runs on this node; their sum never exceeds the capacity. Thread-safe. */
public final class Reservations {
    private final long capacity;
    private final Map<String, Long> held = new LinkedHashMap<>();
    private long reserved; // guarded by this, as is held

    public Reservations(long capacity) {
        this.capacity = Math.max(0, capacity);
    }

    public long capacity() {
        return capacity;
    }

    public synchronized long reserved() {
        return reserved;
    }

    /**
     * Promises bytes to a name; a name that has them keeps what it has.
     *
     * @return why not, with numbers; empty when they are promised
     */
    public synchronized Optional<Problem> reserve(String name, long bytes) {
        if (held.containsKey(name)) {
            return Optional.empty();
        }
        if (bytes < 0 || bytes > capacity - reserved) {
            return Optional.of(Problem.busy(
                    "%s free < %s asked".formatted(ByteSize.format(capacity - reserved), ByteSize.format(bytes))));
        }
        held.put(name, bytes);
        reserved += bytes;
        return Optional.empty();
    }

    /** Gives back what a name has; once, however often it is called. */
    public synchronized void release(String name) {
        var bytes = held.remove(name);
        if (bytes != null) {
            reserved -= bytes;
        }
    }
}
