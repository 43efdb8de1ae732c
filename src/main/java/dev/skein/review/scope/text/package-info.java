/**
 * What the bytes of a file show: whether it is text that people wrote, how many lines it has, and in which language.
 *
 * <p><b>Invariant:</b> a file is text by its content; no extension makes one reviewable, and an unknown one does no
 * harm.
 */
@NullMarked
package dev.skein.review.scope.text;

import org.jspecify.annotations.NullMarked;
