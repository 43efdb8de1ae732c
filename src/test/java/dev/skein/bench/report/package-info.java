/**
 * How measurements are put together and shown.
 *
 * <p><b>Invariant:</b> measures nothing itself.
 */
@NullMarked
package dev.skein.bench.report;

import org.jspecify.annotations.NullMarked;
