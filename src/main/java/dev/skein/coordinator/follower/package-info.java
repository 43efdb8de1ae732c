/**
 * What a coordinator can say that does not lead: what the store holds.
 *
 * <p><b>Invariant:</b> reads only; it orders nothing, hears no worker and keeps what it read for two seconds.
 */
@NullMarked
package dev.skein.coordinator.follower;

import org.jspecify.annotations.NullMarked;
