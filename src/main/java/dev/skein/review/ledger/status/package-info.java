/**
 * How far the tasks of a git ledger are.
 *
 * <p><b>Invariant:</b> looking changes nothing, neither the ledger nor anybody's checkout.
 */
@NullMarked
package dev.skein.review.ledger.status;

import org.jspecify.annotations.NullMarked;
