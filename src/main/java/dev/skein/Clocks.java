package dev.skein;

import dev.skein.kernel.SteadyClock;
import java.time.InstantSource;

/**
 * The clocks of one node.
 *
 * @param wall for what people see and for when tokens end
 * @param steady for how long something takes
 */
record Clocks(InstantSource wall, InstantSource steady) {
    static Clocks system() {
        return new Clocks(InstantSource.system(), SteadyClock.system());
    }

    dev.skein.http.live.Clocks ofLive() {
        return new dev.skein.http.live.Clocks(wall, steady);
    }
}
