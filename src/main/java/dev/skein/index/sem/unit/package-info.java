/**
 * One Java file read whole, with the bodies of its methods.
 *
 * <p><b>Invariant:</b> only here, in {@code expr} and in {@code resolve} are Eclipse's trees known; nothing of them is
 * kept longer than one question.
 */
@NullMarked
package dev.skein.index.sem.unit;

import org.jspecify.annotations.NullMarked;
