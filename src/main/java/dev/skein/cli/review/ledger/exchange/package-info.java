/**
 * Commands that bring tasks of a ledger to a cluster and back, and what was found to people.
 *
 * <p><b>Invariant:</b> a checkout is read, never changed; what goes into a ledger is pushed as one commit.
 */
@NullMarked
package dev.skein.cli.review.ledger.exchange;

import org.jspecify.annotations.NullMarked;
