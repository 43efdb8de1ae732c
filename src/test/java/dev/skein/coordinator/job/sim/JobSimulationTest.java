package dev.skein.coordinator.job.sim;

import org.junit.jupiter.api.Test;

/** Crashes, refusals, delays and doubles. A history is a function of its seed, which is printed when it fails. */
class JobSimulationTest {
    private static final int HISTORIES = Integer.getInteger("skein.histories", 10_000);
    private static final long FIRST = Long.getLong("skein.seed", 1);

    @Test
    void no_acknowledged_job_is_lost_none_ends_twice_and_no_older_attempt_has_an_effect() {
        for (long seed = FIRST; seed < FIRST + HISTORIES; seed++) {
            live(seed);
        }
    }

    private static void live(long seed) {
        try {
            new SimWorld(seed).live();
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError("seed " + seed + ": -Dskein.seed=" + seed + " -Dskein.histories=1", broken);
        }
    }
}
