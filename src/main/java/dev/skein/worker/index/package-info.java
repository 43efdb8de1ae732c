/**
 * The worker's part in the code index: it keeps the symbols of the shards it was given, as their router feeds them, and
 * searches them. What it has on disk it reads when it starts, and gives to another worker, which copies it; that one
 * needs little from the router when it becomes the owner.
 *
 * <p><b>Invariant:</b> keeps no text in memory; takes nothing under an older assignment, nothing outside a shard's
 * root, and never more than its credit; writes no copy of what it owns.
 */
@NullMarked
package dev.skein.worker.index;

import org.jspecify.annotations.NullMarked;
