/**
 * The code of expressions, statements and functions.
 *
 * <p><b>Invariant:</b> what a visit leaves on the stack has the kind that {@link
 * dev.skein.pipeline.vpl.compile.kind.Kinds} foresaw.
 */
@NullMarked
package dev.skein.pipeline.vpl.compile.code;

import org.jspecify.annotations.NullMarked;
