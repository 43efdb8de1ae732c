/**
 * Bytes of a file as text: encodings, line breaks, positions and the identity of a content.
 *
 * <p><b>Invariant:</b> every file has an outcome; what cannot be read as text is named, never thrown.
 */
@NullMarked
package dev.skein.index.source;

import org.jspecify.annotations.NullMarked;
