/**
 * What workers are told to do, and what follows from their answers.
 *
 * <p><b>Invariant:</b> an order follows from a committed state, and an answer counts only under the epoch it was
 * ordered with.
 */
@NullMarked
package dev.skein.coordinator.orders;

import org.jspecify.annotations.NullMarked;
