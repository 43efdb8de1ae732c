/**
 * The names of a VPL program: what is declared, in which order a name is looked up, what a call calls.
 *
 * <p><b>Invariant:</b> the order of look-up stands in {@link dev.skein.pipeline.vpl.names.Scope} and nowhere else.
 */
@NullMarked
package dev.skein.pipeline.vpl.names;

import org.jspecify.annotations.NullMarked;
