/**
 * Where pipelines should run: the choice of a worker, and the difference between what should run and what does.
 *
 * <p><b>Invariant:</b> pure functions of states and reports; they order nothing and wait for nothing.
 */
@NullMarked
package dev.skein.coordinator.placement;

import org.jspecify.annotations.NullMarked;
