/**
 * Looks up every name of a VPL program and refuses what could not run.
 *
 * <p><b>Invariant:</b> a later tier's construct is always refused, never skipped; each look-up is answered once and
 * written to the {@link dev.skein.pipeline.vpl.resolved.Resolution}.
 */
@NullMarked
package dev.skein.pipeline.vpl.check;

import org.jspecify.annotations.NullMarked;
