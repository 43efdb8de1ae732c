/**
 * How busy the cluster is: what nodes use of their memory and their machines, how jobs ended lately, how long a queue
 * takes to empty, and which of these numbers are too high.
 *
 * <p><b>Invariant:</b> changes nothing and keeps nothing that matters; what it knows may be lost at any moment.
 */
@NullMarked
package dev.skein.coordinator.signal;

import org.jspecify.annotations.NullMarked;
