/**
 * What operators and conversions of VPL mean for values whose kind is known only at run time: a {@link Long},
 * {@link Double}, {@link Boolean}, {@link String}, array, map or null.
 *
 * <p><b>Invariant:</b> nothing wraps, and nothing fails but with an {@link ArithmeticException} for an overflow or a
 * {@link dev.skein.pipeline.vpl.value.Fault} that says why.
 */
@NullMarked
package dev.skein.pipeline.vpl.value;

import org.jspecify.annotations.NullMarked;
