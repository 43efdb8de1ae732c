/**
 * The code index of Java workspaces: what is declared where, found by name within milliseconds and never older than
 * said.
 *
 * <p>{@code source} reads files, {@code scan} finds declarations in them, {@code symbol} keeps what was found,
 * {@code search} ranks it, {@code shard} holds the files of one shard and {@code cache} keeps them on disk.
 *
 * <p><b>Invariant:</b> no clock, no thread and no bus: plain functions and state, confined by whoever owns a shard.
 */
@NullMarked
package dev.skein.index;

import org.jspecify.annotations.NullMarked;
