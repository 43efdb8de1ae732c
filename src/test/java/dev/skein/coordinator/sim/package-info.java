/**
 * A coordinator and its workers in one thread and in their own time, so that a seed is a history.
 *
 * <p><b>Invariant:</b> chance comes from the seed alone; the coordinator under test is the real one without bus and
 * timers.
 */
@NullMarked
package dev.skein.coordinator.sim;

import org.jspecify.annotations.NullMarked;
