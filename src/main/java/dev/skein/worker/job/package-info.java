/**
 * The door through which the leader gives jobs to this node.
 *
 * <p><b>Invariant:</b> wiring only; what a job is and how it is done is in {@code job}.
 */
@NullMarked
package dev.skein.worker.job;

import org.jspecify.annotations.NullMarked;
