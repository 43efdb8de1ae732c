/**
 * What tasks of a ledger found, as files beside it.
 *
 * <p><b>Invariant:</b> what was written is read as it was; pure.
 */
@NullMarked
package dev.skein.review.ledger.result;

import org.jspecify.annotations.NullMarked;
