/**
 * Git ledgers worked at by processes of the built jar, each with a clone of its own.
 *
 * <p><b>Invariant:</b> every task is done once, whoever dies or wakes up late.
 */
@NullMarked
package dev.skein.fault.review.ledger;

import org.jspecify.annotations.NullMarked;
