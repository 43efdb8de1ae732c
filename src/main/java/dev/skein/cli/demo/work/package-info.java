/**
 * The jobs of the demo: what is asked for, what must become of it, and the function that the heavy one calls.
 *
 * <p><b>Invariant:</b> no outcome is shown as right unless every figure of it was compared with one that is known.
 */
@NullMarked
package dev.skein.cli.demo.work;

import org.jspecify.annotations.NullMarked;
