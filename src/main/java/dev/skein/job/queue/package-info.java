/**
 * All jobs that have not ended, and whose turn it is.
 *
 * <p><b>Invariant:</b> holds no payload, no result and nothing that has ended; the bytes reserved on a worker never
 * exceed what it offers. Confined to whoever owns it, who moves its time.
 */
@NullMarked
package dev.skein.job.queue;

import org.jspecify.annotations.NullMarked;
