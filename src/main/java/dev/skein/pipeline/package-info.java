/**
 * Pipelines: the programs that turn events into other events, and where they run.
 *
 * <p><b>Invariant:</b> knows no role and no edge; a pipeline cannot tell which node it runs on.
 */
@NullMarked
package dev.skein.pipeline;

import org.jspecify.annotations.NullMarked;
