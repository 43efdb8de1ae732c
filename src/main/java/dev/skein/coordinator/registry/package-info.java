/**
 * Workers come, report, fall silent and leave.
 *
 * <p><b>Invariant:</b> a heartbeat is answered from memory and never waits for the store or for a worker.
 */
@NullMarked
package dev.skein.coordinator.registry;

import org.jspecify.annotations.NullMarked;
