/**
 * Texts under review, line by line.
 *
 * <p><b>Invariant:</b> a line number, a column and an offset mean the same to chunks, findings and reports.
 */
@NullMarked
package dev.skein.review.text;

import org.jspecify.annotations.NullMarked;
