/**
 * Messages that could not be delivered, kept as lines of a file.
 *
 * <p><b>Invariant:</b> the files never grow beyond their cap, and what could not even be kept is counted.
 */
@NullMarked
package dev.skein.connector.letter;

import org.jspecify.annotations.NullMarked;
