/**
 * Runs of reviews as the cluster speaks of them: what is asked for, how far it is and what was found, and the addresses
 * at which each of these is asked for.
 *
 * <p><b>Invariant:</b> words only; no state, no thread, no input or output.
 */
@NullMarked
package dev.skein.review.run;

import org.jspecify.annotations.NullMarked;
