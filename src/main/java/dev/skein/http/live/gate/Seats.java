package dev.skein.http.live.gate;

import java.util.HashMap;
import java.util.Map;

/** Counts connections against their limits. Thread-safe. */
public final class Seats {
    private final Limits limits;
    private final Map<String, Integer> bySubject = new HashMap<>();
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int taken;

    /** Connections at once. */
    public record Limits(int perSubject, int perAddress, int perNode) {}

    public Seats(Limits limits) {
        this.limits = limits;
    }

    /** Takes a seat unless that would break a limit. */
    public synchronized boolean take(String subject, String address) {
        if (taken >= limits.perNode()
                || bySubject.getOrDefault(subject, 0) >= limits.perSubject()
                || byAddress.getOrDefault(address, 0) >= limits.perAddress()) {
            return false;
        }
        taken++;
        bySubject.merge(subject, 1, Integer::sum);
        byAddress.merge(address, 1, Integer::sum);
        return true;
    }

    /** Gives a taken seat back. */
    public synchronized void leave(String subject, String address) {
        taken--;
        bySubject.computeIfPresent(subject, (key, count) -> count == 1 ? null : count - 1);
        byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    public synchronized int taken() {
        return taken;
    }
}
