/**
 * Measures of what happens before a review.
 *
 * <p><b>Invariant:</b> the trees are made here, so that the numbers can be had again anywhere.
 */
@NullMarked
package dev.skein.bench.scope;

import org.jspecify.annotations.NullMarked;
