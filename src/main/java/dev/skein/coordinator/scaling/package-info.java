/**
 * How many workers there should be.
 *
 * <p><b>Invariant:</b> advice only; nothing here starts or stops a worker.
 */
@NullMarked
package dev.skein.coordinator.scaling;

import org.jspecify.annotations.NullMarked;
