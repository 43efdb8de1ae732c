/**
 * Keeps a worker known: registers it, gives signs of life, obeys what the coordinator answers, and takes its leave.
 *
 * <p><b>Invariant:</b> the lease is renewed only by an acknowledged heartbeat, counted from when that was sent, and
 * only after everything the answer wants stopped is stopped.
 */
@NullMarked
package dev.skein.worker.agent;

import org.jspecify.annotations.NullMarked;
