/**
 * What is new since an earlier review, what was there, and what is gone.
 *
 * <p><b>Invariant:</b> every finding of the earlier and of the present review is in exactly one pair or alone;
 * compared file by file, so that memory is bounded by the findings of one file.
 */
@NullMarked
package dev.skein.review.finding.baseline;

import org.jspecify.annotations.NullMarked;
