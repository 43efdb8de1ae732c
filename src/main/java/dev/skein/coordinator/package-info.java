/**
 * The control plane: who the workers are, what should run where, and making it so.
 *
 * <p><b>Invariant:</b> touches no event; holds no fact that is not in the store; waits for nobody on its event loop.
 */
@NullMarked
package dev.skein.coordinator;

import org.jspecify.annotations.NullMarked;
