package dev.skein.router.lane;

/**
 * How many events one delivery carries: few at first, twice as many while answers come at once, half as many when
 * they take long or bring much, so that even a lane of heavy events shows progress. Not thread-safe.
 */
final class Pace {
    private static final int FIRST = 8;
    private static final long QUICK_MILLIS = 100;
    private static final long SLOW_MILLIS = 500;
    private static final long OUTPUTS_MAX = 50_000;

    private final int max;
    private int events;

    Pace(int max) {
        this.max = max;
        this.events = Math.min(FIRST, max);
    }

    int events() {
        return events;
    }

    /**
     * Learns from an answer.
     *
     * @param millis since the delivery was sent or the answer before it came, whichever is later
     */
    void answered(int carried, long millis, long outputs) {
        if (millis > SLOW_MILLIS || outputs > OUTPUTS_MAX) {
            events = Math.max(1, events / 2);
        } else if (millis < QUICK_MILLIS && carried >= events) {
            events = Math.min(max, events * 2);
        }
    }
}
