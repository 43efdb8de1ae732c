/**
 * The words about workspaces and what is declared in them.
 *
 * <p><b>Invariant:</b> an answer that lacks a shard or may be old says so, on the error stream.
 */
@NullMarked
package dev.skein.cli.workspace;

import org.jspecify.annotations.NullMarked;
