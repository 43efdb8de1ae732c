/**
 * Jobs as the whole cluster speaks of them: what is asked for, what became of it, and the addresses at which each of
 * these is asked for.
 *
 * <p><b>Invariant:</b> words only; no state, no thread, no input or output.
 */
@NullMarked
package dev.skein.job;

import org.jspecify.annotations.NullMarked;
