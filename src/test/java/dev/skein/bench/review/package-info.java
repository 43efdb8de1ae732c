/**
 * Measures reviews.
 *
 * <p><b>Invariant:</b> whatever is compared reads the same files by the same rules.
 */
@NullMarked
package dev.skein.bench.review;

import org.jspecify.annotations.NullMarked;
