/**
 * How far a review is and when it ends.
 *
 * <p><b>Invariant:</b> an end is only told from measured tasks and living workers, with how sure it is; without them
 * it is said that there is none. Pure: the same measurements give the same estimate.
 */
@NullMarked
package dev.skein.review.progress;

import org.jspecify.annotations.NullMarked;
