/**
 * The demo's workspace, the project's own sources, a shard for each of its two source roots, and a review of a part.
 *
 * <p><b>Invariant:</b> a definition counts only when another shard than that of the question has it, a review only when
 * every line was reviewed.
 */
@NullMarked
package dev.skein.cli.demo.code;

import org.jspecify.annotations.NullMarked;
