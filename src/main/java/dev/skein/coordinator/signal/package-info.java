/**
 * What the leader learns of the cluster's load by asking: what nodes use of their memory and their machines.
 *
 * <p><b>Invariant:</b> decides nothing and keeps nothing that matters; what it knows may be lost at any moment.
 */
@NullMarked
package dev.skein.coordinator.signal;

import org.jspecify.annotations.NullMarked;
