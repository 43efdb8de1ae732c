/**
 * Numbers and texts as bytes, for whoever writes a {@link dev.skein.bus.Packing}.
 *
 * <p><b>Invariant:</b> a count read from the wire never makes anything larger than the bytes that are left.
 */
@NullMarked
package dev.skein.bus.wire;

import org.jspecify.annotations.NullMarked;
