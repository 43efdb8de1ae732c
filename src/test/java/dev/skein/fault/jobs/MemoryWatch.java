package dev.skein.fault.jobs;

import dev.skein.fault.jobs.Living.One;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Looks at the memory of a process and of everything it has started, again and again, and keeps the most it saw. */
final class MemoryWatch implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private final long root;
    private final Set<Long> known = new HashSet<>(); // who belonged to it once; touched by the thread only
    private final AtomicLong mostBytes = new AtomicLong();
    private final AtomicInteger mostProcesses = new AtomicInteger();
    private final AtomicInteger samples = new AtomicInteger();
    private final Thread thread = new Thread(this::watch, "memory-watch");
    private volatile boolean isClosed;

    /** Begins at once. */
    MemoryWatch(long root) {
        this.root = root;
        known.add(root);
        thread.start();
    }

    private void watch() {
        while (!isClosed) {
            look(Living.all());
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void look(List<One> living) {
        boolean grows = true;
        while (grows) {
            grows = known.addAll(living.stream()
                    .filter(one -> known.contains(one.parent()))
                    .map(One::pid)
                    .toList());
        }
        var members = living.stream().filter(one -> known.contains(one.pid())).toList();
        known.retainAll(members.stream().map(One::pid).toList());
        mostProcesses.accumulateAndGet(members.size(), Math::max);
        mostBytes.accumulateAndGet(
                members.stream().mapToLong(One::residentBytes).sum(), Math::max);
        samples.incrementAndGet();
    }

    /** Most bytes that all of them held at once; what they share counts for each, so it is rather too much. */
    long mostBytes() {
        return mostBytes.get();
    }

    @Override
    public String toString() {
        return "at most %,d MiB in %d processes, seen in %,d looks"
                .formatted(mostBytes.get() >> 20, mostProcesses.get(), samples.get());
    }

    @Override
    public void close() throws InterruptedException {
        isClosed = true;
        thread.join(TimeUnit.SECONDS.toMillis(10));
    }
}
