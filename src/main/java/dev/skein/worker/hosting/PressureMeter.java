package dev.skein.worker.hosting;

import dev.skein.pipeline.Workers.Pressure;

/**
 * How much of the last 10 s work had to wait, from samples taken every {@value #SAMPLE_MILLIS} ms: above half of them
 * HIGH, above a tenth LOW; and HIGH at once when the last {@value #UNBROKEN} samples had to wait without a break. Not
 * thread-safe.
 */
final class PressureMeter {
    static final int SAMPLE_MILLIS = 100;
    static final int WINDOW = 100; // samples, so 10 s
    static final int UNBROKEN = 15;

    private final boolean[] window = new boolean[WINDOW];
    private int next;
    private int blocked;
    private int unbroken;

    void sample(boolean hadToWait) {
        blocked += (hadToWait ? 1 : 0) - (window[next] ? 1 : 0);
        window[next] = hadToWait;
        next = (next + 1) % WINDOW;
        unbroken = hadToWait ? unbroken + 1 : 0;
    }

    Pressure pressure() {
        if (blocked * 2 > WINDOW || unbroken >= UNBROKEN) {
            return Pressure.HIGH;
        }
        return blocked * 10 > WINDOW ? Pressure.LOW : Pressure.OK;
    }
}
