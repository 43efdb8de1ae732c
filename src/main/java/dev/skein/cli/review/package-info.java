/**
 * The commands of reviews.
 *
 * <p><b>Invariant:</b> a review that is not complete is never 0.
 */
@NullMarked
package dev.skein.cli.review;

import org.jspecify.annotations.NullMarked;
