/**
 * Findings, rules and rejections as JSON, one a line, and the sorting of more of them than memory holds.
 *
 * <p><b>Invariant:</b> what is written is read back as it was; keys that are not known do no harm, values of the
 * wrong type are refused with line and key.
 */
@NullMarked
package dev.skein.review.finding.lines;

import org.jspecify.annotations.NullMarked;
