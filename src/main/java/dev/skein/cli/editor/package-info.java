/**
 * The word that an editor starts.
 *
 * <p><b>Invariant:</b> nothing but the protocol is written to standard output.
 */
@NullMarked
package dev.skein.cli.editor;

import org.jspecify.annotations.NullMarked;
