/**
 * What the leader answers about jobs, on the bus.
 *
 * <p><b>Invariant:</b> lists come from the store and never from memory, so that they cost no more with a million jobs.
 */
@NullMarked
package dev.skein.coordinator.job.serve;

import org.jspecify.annotations.NullMarked;
