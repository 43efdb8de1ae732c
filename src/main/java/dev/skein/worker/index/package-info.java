/**
 * The worker's part in the code index: it keeps the symbols of the shards it was given, as their router feeds them, and
 * searches them.
 *
 * <p><b>Invariant:</b> keeps no text in memory; takes nothing under an older assignment, nothing outside a shard's
 * root, and never more than its credit.
 */
@NullMarked
package dev.skein.worker.index;

import org.jspecify.annotations.NullMarked;
