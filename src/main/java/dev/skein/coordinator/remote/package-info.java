/**
 * Workers that are no members of the cluster: asked for their health again and again, given jobs by HTTP, and given up
 * when they are silent. To the queue each of them is a runtime like any other, whose leases the leader renews itself
 * while it is well.
 *
 * <p><b>Invariant:</b> nothing is connected to that the list of allowed addresses does not name, and only at the
 * address that was found when it was added. Confined to the coordinator's event loop.
 */
@NullMarked
package dev.skein.coordinator.remote;

import org.jspecify.annotations.NullMarked;
