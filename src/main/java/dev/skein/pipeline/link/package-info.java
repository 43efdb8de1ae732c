/**
 * How a worker is driven, whether it is on the bus or known by REST only.
 *
 * <p><b>Invariant:</b> callers never see which of the two it is.
 */
@NullMarked
package dev.skein.pipeline.link;

import org.jspecify.annotations.NullMarked;
