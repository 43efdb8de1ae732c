/**
 * How a change becomes a fact: computed on the working state, committed with all that waits, and only then shown.
 *
 * <p><b>Invariant:</b> no listener and no caller hears of a state that is not committed.
 */
@NullMarked
package dev.skein.coordinator.ledger;

import org.jspecify.annotations.NullMarked;
