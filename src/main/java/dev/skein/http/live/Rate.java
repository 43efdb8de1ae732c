package dev.skein.http.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Allows so many things in any stretch of time of a length. Confined to its owner. */
final class Rate {
    private final int max;
    private final Duration stretch;
    private final Deque<Instant> taken = new ArrayDeque<>(); // at most max, oldest first

    Rate(int max, Duration stretch) {
        this.max = max;
        this.stretch = stretch;
    }

    /** Takes one now, if there is room. */
    boolean take(Instant now) {
        if (taken.size() == max) {
            if (taken.getFirst().plus(stretch).isAfter(now)) {
                return false;
            }
            taken.removeFirst();
        }
        taken.addLast(now);
        return true;
    }
}
