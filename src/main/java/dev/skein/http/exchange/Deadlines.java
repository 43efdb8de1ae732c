package dev.skein.http.exchange;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What must be over by a certain time, looked at about once a second: cheaper than a timer for each of thousands of
 * requests that are nearly always over at once. Confined to one event loop.
 */
public final class Deadlines {
    private final InstantSource clock;
    private final Set<Entry> entries = new LinkedHashSet<>();

    public Deadlines(InstantSource clock) {
        this.clock = clock;
    }

    /** Something that is not over yet. */
    public final class Entry {
        private final Instant end;
        private final Runnable whenLate;

        private Entry(Instant end, Runnable whenLate) {
            this.end = end;
            this.whenLate = whenLate;
        }

        /** It is over. */
        public void cancel() {
            entries.remove(this);
        }
    }

    /** Runs {@code whenLate} once, unless it is cancelled within {@code time}; up to a second late. */
    public Entry in(Duration time, Runnable whenLate) {
        var entry = new Entry(clock.instant().plus(time), whenLate);
        entries.add(entry);
        return entry;
    }

    /** To be called about once a second. */
    public void sweep() {
        var now = clock.instant();
        var late = new ArrayList<Entry>();
        for (var entry : entries) {
            if (!entry.end.isAfter(now)) {
                late.add(entry);
            }
        }
        for (var entry : late) {
            entries.remove(entry);
            entry.whenLate.run();
        }
    }
}
