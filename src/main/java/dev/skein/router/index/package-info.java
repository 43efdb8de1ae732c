/**
 * The router's part in the code index: it reads the directories of its node, feeds the owners of their shards and asks
 * them what somebody wants to know.
 *
 * <p><b>Invariant:</b> memory does not grow with the contents of a workspace: names and hashes are kept, and of
 * contents one file and one credit for each shard under way.
 */
@NullMarked
package dev.skein.router.index;

import org.jspecify.annotations.NullMarked;
