/**
 * From what an engine says to what is believed: the quote is found again in the text, places and fingerprints are
 * derived from where it was found, and the same finding of several chunks or engines becomes one.
 *
 * <p><b>Invariant:</b> pure functions of texts and proposals, whatever the order they come in; what is not believed is
 * counted with its reason, never dropped in silence.
 */
@NullMarked
package dev.skein.review.finding;

import org.jspecify.annotations.NullMarked;
