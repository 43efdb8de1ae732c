/**
 * How a workspace is cut into shards, and what has to move when it changes.
 *
 * <p><b>Invariant:</b> every file belongs to at most one shard: the one with the deepest root above it.
 */
@NullMarked
package dev.skein.index.shard;

import org.jspecify.annotations.NullMarked;
