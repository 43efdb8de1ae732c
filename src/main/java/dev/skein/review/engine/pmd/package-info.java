/**
 * The engine that needs nothing installed: PMD in this process for the languages it knows, and the checks of every
 * text.
 *
 * <p><b>Invariant:</b> nothing is read from the disk of a worker but rule sets; a file that PMD cannot read is a gap
 * and is still looked at by the checks of every text.
 */
@NullMarked
package dev.skein.review.engine.pmd;

import org.jspecify.annotations.NullMarked;
