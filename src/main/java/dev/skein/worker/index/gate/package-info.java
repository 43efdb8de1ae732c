/**
 * Who may feed the shards of this worker.
 *
 * <p><b>Invariant:</b> no shard is changed by a node that the leader does not name as the reader of its workspace.
 */
@NullMarked
package dev.skein.worker.index.gate;

import org.jspecify.annotations.NullMarked;
