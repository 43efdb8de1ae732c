/**
 * The leader's side of jobs, without bus, timers and threads: what is accepted, who gets what, and what becomes of it.
 *
 * <p><b>Invariant:</b> nothing is given to a worker and nobody is answered before it is committed; what an older attempt
 * says is refused. Confined to the coordinator's event loop.
 */
@NullMarked
package dev.skein.coordinator.job;

import org.jspecify.annotations.NullMarked;
