/**
 * Which kind of JVM value each expression and variable of a program has, so that numbers stay primitive wherever they
 * cannot be null.
 *
 * <p><b>Invariant:</b> a kind is never narrower than a value that may occur; when in doubt it is {@code ANY}.
 */
@NullMarked
package dev.skein.pipeline.vpl.compile.kind;

import org.jspecify.annotations.NullMarked;
