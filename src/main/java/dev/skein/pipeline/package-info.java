/**
 * Pipeline groups as the whole cluster speaks of them: what is deployed, who hosts it, how events travel, and the
 * addresses at which each of these is asked for.
 *
 * <p><b>Invariant:</b> words only; no state, no thread, no input or output.
 */
@NullMarked
package dev.skein.pipeline;

import org.jspecify.annotations.NullMarked;
