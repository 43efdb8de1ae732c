/**
 * A shard's tables of symbols on disk, so that a restarted worker answers at once.
 *
 * <p><b>Invariant:</b> a defect of a file is a miss with a reason, never an error, and nothing is allocated on its
 * word.
 */
@NullMarked
package dev.skein.index.cache;

import org.jspecify.annotations.NullMarked;
