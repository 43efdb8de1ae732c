/**
 * The demo's workspace: the project's own sources, a shard for each of its two source roots.
 *
 * <p><b>Invariant:</b> a definition counts only when another shard than that of the question has it.
 */
@NullMarked
package dev.skein.cli.demo.code;

import org.jspecify.annotations.NullMarked;
