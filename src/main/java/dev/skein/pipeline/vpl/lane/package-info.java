/**
 * Lanes: where streams run one event after the other, and how events pass from one lane to another.
 *
 * <p><b>Invariant:</b> a lane never waits for another; one that cannot hand over gives its thread back until it can.
 */
@NullMarked
package dev.skein.pipeline.vpl.lane;

import org.jspecify.annotations.NullMarked;
