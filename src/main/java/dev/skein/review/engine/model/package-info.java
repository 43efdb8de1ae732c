/**
 * Review by a language model: what it is asked, what of its answer can be used, and a second look at what it says is
 * bad.
 *
 * <p>Code is shown between two lines with a mark that nobody can guess, no tools are offered, and an answer is only
 * ever parsed; so whatever stands in the code can at worst spoil the review of its own piece.
 *
 * <p><b>Invariant:</b> a piece whose answer was cut off, missing or unusable is a gap, never an empty list of findings.
 */
@NullMarked
package dev.skein.review.engine.model;

import org.jspecify.annotations.NullMarked;
