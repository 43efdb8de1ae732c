/**
 * Checks that hold for every text, whatever language it is written in: secrets, forgotten conflict markers, notes to
 * oneself, characters that hide what code does, and the form of lines and files.
 *
 * <p><b>Invariant:</b> a check reads a text a bounded number of times from front to back, and a message never repeats a
 * secret.
 */
@NullMarked
package dev.skein.review.engine.check;

import org.jspecify.annotations.NullMarked;
