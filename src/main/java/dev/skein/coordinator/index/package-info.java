/**
 * Which workspaces there are and which worker has which shard: kept in the store, decided by the leader.
 *
 * <p><b>Invariant:</b> a shard is with one worker at a time and changes hands only together with its epoch, in one
 * commit; no file is ever looked at here.
 */
@NullMarked
package dev.skein.coordinator.index;

import org.jspecify.annotations.NullMarked;
