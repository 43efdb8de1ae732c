/**
 * The code index of Java workspaces: what is declared where, found by name within milliseconds and never older than
 * said.
 *
 * <p>{@code source} reads files, {@code scan} finds declarations in them, {@code symbol} keeps what was found,
 * {@code search} ranks it, {@code shard} holds the files of one shard and {@code cache} keeps them on disk;
 * {@code workspace}, {@code feed} and {@code query} are what leader, routers and workers say to each other about it.
 *
 * <p><b>Invariant:</b> no clock and no thread, and of the bus only the shapes of messages: plain functions and state,
 * confined by whoever owns a shard.
 */
@NullMarked
package dev.skein.index;

import org.jspecify.annotations.NullMarked;
