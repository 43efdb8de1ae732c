/**
 * Copies of a store in files: the same format whatever database they come from or go to.
 *
 * <p><b>Invariant:</b> a copy is of one moment, and nothing of it is used before all of it is known to be sound.
 */
@NullMarked
package dev.skein.store.copy;

import org.jspecify.annotations.NullMarked;
