/**
 * Runs of reviews for those who watch: the newest of them as the live feed has them, and what happens in one of them.
 *
 * <p><b>Invariant:</b> changes nothing; however large a run is, an answer is of bounded size.
 */
@NullMarked
package dev.skein.coordinator.review.watch;

import org.jspecify.annotations.NullMarked;
