/**
 * Reviews whose tasks live in the repository under review, without a cluster.
 *
 * <p><b>Invariant:</b> the checkout of whoever runs a command is read at most for where it comes from, never changed.
 */
@NullMarked
package dev.skein.cli.review.ledger;

import org.jspecify.annotations.NullMarked;
