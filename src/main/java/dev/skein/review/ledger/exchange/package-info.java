/**
 * Tasks that go from a ledger to a cluster and back: which of them, in which state, with what they found.
 *
 * <p><b>Invariant:</b> what is there already is not done again and not undone; the same exchanged twice changes
 * nothing. The states of both are those of one table, in {@code docs/review-ledger.md}.
 */
@NullMarked
package dev.skein.review.ledger.exchange;

import org.jspecify.annotations.NullMarked;
