/**
 * Runs what the documents tell people to type.
 *
 * <p><b>Invariant:</b> nothing that a document started outlives its test.
 */
@NullMarked
package dev.skein.manual;

import org.jspecify.annotations.NullMarked;
