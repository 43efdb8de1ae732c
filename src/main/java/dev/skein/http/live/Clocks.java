package dev.skein.http.live;

import java.time.InstantSource;

/**
 * The clocks of one node.
 *
 * @param wall for what people see and for when a token ends
 * @param steady for how long something takes
 */
public record Clocks(InstantSource wall, InstantSource steady) {}
