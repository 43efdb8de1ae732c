/**
 * Coordinators, their store and their workers in one thread and in their own time, so that a seed is a history.
 *
 * <p><b>Invariant:</b> chance comes from the seed alone; election and control plane are the real ones without bus and
 * timers.
 */
@NullMarked
package dev.skein.coordinator.sim;

import org.jspecify.annotations.NullMarked;
