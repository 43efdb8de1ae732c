/**
 * What the names of a checked VPL program stand for, and which stream an event reaches.
 *
 * <p><b>Invariant:</b> everything here is complete: the code generator looks nothing up by text.
 */
@NullMarked
package dev.skein.pipeline.vpl.resolved;

import org.jspecify.annotations.NullMarked;
