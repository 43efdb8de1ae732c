/**
 * Who leads: candidates for one lease in the store, and what a leader owns while it has it.
 *
 * <p><b>Invariant:</b> nothing here counts members or trusts the bus; the store's row decides, and a leader's own clock
 * ends its belief before the row does.
 */
@NullMarked
package dev.skein.coordinator.leader;

import org.jspecify.annotations.NullMarked;
