/**
 * The live view of the cluster over HTTP: single-use tickets, the snapshot, and a WebSocket that follows it.
 *
 * <p><b>Invariant:</b> nothing is queued per viewer; a viewer is a number, the last sequence it was sent, and whoever
 * is slow gets the merged difference later or is closed.
 */
@NullMarked
package dev.skein.http.live;

import org.jspecify.annotations.NullMarked;
