package dev.skein.coordinator.signal;

import dev.skein.coordinator.signal.Load.Recent;
import java.time.Duration;

/** How jobs ended lately, by the second. Confined to one event loop; time comes in. */
public final class Endings {
    /** What is looked at. */
    public static final Duration WINDOW = Duration.ofMinutes(5);

    private static final int SECONDS = (int) WINDOW.toSeconds();
    private static final long MILLIS = 1_000;

    private final long[] second = new long[SECONDS];
    private final long[] ended = new long[SECONDS];
    private final long[] failed = new long[SECONDS];
    private final long[] response = new long[SECONDS];

    /** @param tookMillis from acceptance */
    public void ended(long now, long tookMillis, boolean isSuccess) {
        long at = now / MILLIS;
        int slot = (int) (at % SECONDS);
        if (second[slot] != at) {
            second[slot] = at;
            ended[slot] = 0;
            failed[slot] = 0;
            response[slot] = 0;
        }
        ended[slot]++;
        failed[slot] += isSuccess ? 0 : 1;
        response[slot] += Math.max(0, tookMillis);
    }

    public Recent recent(long now) {
        long all = 0;
        long bad = 0;
        long took = 0;
        for (int slot = 0; slot < SECONDS; slot++) {
            if (now / MILLIS - second[slot] < SECONDS) {
                all += ended[slot];
                bad += failed[slot];
                took += response[slot];
            }
        }
        return new Recent(all, bad, all == 0 ? 0 : (double) took / all);
    }
}
