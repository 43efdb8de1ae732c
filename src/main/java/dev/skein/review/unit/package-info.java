/**
 * One attempt at one unit, without its waiting: what the engine is shown, and what is believed of its answer.
 *
 * <p><b>Invariant:</b> each line of the unit's files was reviewed or is in a gap; who runs the attempt does not matter.
 */
@NullMarked
package dev.skein.review.unit;

import org.jspecify.annotations.NullMarked;
