/**
 * Reports of reviews, made where the command runs from what the API answers.
 *
 * <p><b>Invariant:</b> findings are held on disk, so that any number of them can be written.
 */
@NullMarked
package dev.skein.cli.review.export;

import org.jspecify.annotations.NullMarked;
