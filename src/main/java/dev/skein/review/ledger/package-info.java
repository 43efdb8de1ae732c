/**
 * Tasks of reviews as lines of {@code .beads/issues.jsonl}: reading and writing them, making them from directories, and
 * merging two versions of the file.
 *
 * <p><b>Invariant:</b> what is not Skein's is never lost: fields, lines and whole kinds of lines that nobody here knows
 * are written as they were read, and a line that cannot be read is kept and named by its number. Pure but for
 * {@link dev.skein.review.ledger.LedgerFile}.
 */
@NullMarked
package dev.skein.review.ledger;

import org.jspecify.annotations.NullMarked;
