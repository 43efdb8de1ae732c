package dev.skein.store.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A bounded queue that one thread empties in batches and that can be closed. Thread-safe. */
final class Inbox<T> {
    private final int capacity;
    private final ArrayDeque<T> waiting = new ArrayDeque<>(); // guarded by this
    private boolean closed; // guarded by this

    Inbox(int capacity) {
        this.capacity = capacity;
    }

    /** False when it is full or closed. */
    synchronized boolean offer(T item) {
        if (closed || waiting.size() >= capacity) {
            return false;
        }
        waiting.add(item);
        notifyAll();
        return true;
    }

    /**
     * The next items in order.
     *
     * @param waitMillis longest wait for a first one; 0 means for ever
     * @return empty when time is up or the inbox is closed and drained
     */
    synchronized List<T> take(int max, long waitMillis) throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait(waitMillis);
            if (waitMillis > 0) {
                break; // an early wake-up only means an early look
            }
        }
        var taken = new ArrayList<T>(Math.min(max, waiting.size()));
        while (taken.size() < max && !waiting.isEmpty()) {
            taken.add(waiting.remove());
        }
        return taken;
    }

    synchronized boolean drained() {
        return closed && waiting.isEmpty();
    }

    synchronized boolean closed() {
        return closed;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
