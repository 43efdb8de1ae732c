/**
 * The code index across roles: leader, router and worker on one local bus.
 *
 * <p><b>Invariant:</b> everything between them goes over the bus, as it would between nodes.
 */
@NullMarked
package dev.skein.plane.index;

import org.jspecify.annotations.NullMarked;
