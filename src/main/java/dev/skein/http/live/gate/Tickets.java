package dev.skein.http.live.gate;

import dev.skein.kernel.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tickets that stand for a bearer token where a browser cannot send one. Each is good for one use, a short time, and
 * the subject, role and purpose it was made for. Thread-safe.
 */
public final class Tickets {
    /** Unused tickets kept at once; they are small, and a caller needs one per connection. */
    static final int TICKETS_MAX = 2_000;

    private static final int RANDOM_BYTES = 32;

    private final Map<String, Entry> open = new LinkedHashMap<>(); // oldest first, and the oldest ends first
    private final Duration life;
    private final InstantSource clock;

    private record Entry(Viewer viewer, String purpose, Instant until) {}

    public Tickets(Duration life, InstantSource clock) {
        this.life = life;
        this.clock = clock;
    }

    /** A new ticket; empty when too many are waiting to be used. */
    public synchronized Optional<String> issue(Viewer viewer, String purpose) {
        forgetExpired();
        if (open.size() >= TICKETS_MAX) {
            return Optional.empty();
        }
        var ticket = Ids.hex(RANDOM_BYTES);
        open.put(ticket, new Entry(viewer, purpose, clock.instant().plus(life)));
        return Optional.of(ticket);
    }

    /** Who the ticket was made for, if it is good; it is not good again, even when the purpose was wrong. */
    public synchronized Optional<Viewer> redeem(String ticket, String purpose) {
        forgetExpired();
        return Optional.ofNullable(open.remove(ticket))
                .filter(entry -> entry.purpose.equals(purpose))
                .map(Entry::viewer);
    }

    private void forgetExpired() {
        var now = clock.instant();
        open.values().removeIf(entry -> !now.isBefore(entry.until));
    }
}
