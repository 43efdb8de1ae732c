/**
 * What the store holds, as immutable values: workers, groups, placements, leftovers.
 *
 * <p><b>Invariant:</b> nothing here changes, waits or reads a clock; a transition is a function from one state to the
 * next.
 */
@NullMarked
package dev.skein.coordinator.state;

import org.jspecify.annotations.NullMarked;
