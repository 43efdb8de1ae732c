package dev.skein.worker.index.code;

import java.util.LinkedHashSet;
import java.util.Set;

/** The last questions that were called off. Thread-safe. */
public final class CalledOff {
    private static final int MAX = 1_000;

    private final Set<String> ids = new LinkedHashSet<>();

    public synchronized void add(String id) {
        if (ids.size() >= MAX) {
            ids.remove(ids.iterator().next());
        }
        ids.add(id);
    }

    synchronized boolean has(String id) {
        return !id.isEmpty() && ids.contains(id);
    }
}
