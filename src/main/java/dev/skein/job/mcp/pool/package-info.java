/**
 * Servers kept running between calls: as many as there is work for, within bounds, and none when there is none for
 * long.
 *
 * <p><b>Invariant:</b> a call is given to a connection that is alive and owes no answer to a cancelled call for longer
 * than its grace; a call that is refused for want of room or of a working server was never sent. A pool is confined to
 * the context it was made on; its public methods may be called from anywhere.
 */
@NullMarked
package dev.skein.job.mcp.pool;

import org.jspecify.annotations.NullMarked;
