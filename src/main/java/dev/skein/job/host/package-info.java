/**
 * Where jobs are done: takes attempts from the leader, runs their handlers on threads of their own, keeps the leases
 * and tells what became of each.
 *
 * <p><b>Invariant:</b> nothing a handler does holds up renewing, reporting or stopping, and an attempt whose lease
 * cannot be renewed is ended here before the leader gives the job to another.
 */
@NullMarked
package dev.skein.job.host;

import org.jspecify.annotations.NullMarked;
