/**
 * Workspaces: directories of Java sources that one router reads and several workers index, shard by shard.
 *
 * <p><b>Invariant:</b> a shard is known by its workspace's id, its root and the epoch of its assignment; what bears an
 * older epoch has no effect.
 */
@NullMarked
package dev.skein.index.workspace;

import org.jspecify.annotations.NullMarked;
