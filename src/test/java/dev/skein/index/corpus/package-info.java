/**
 * Java text to test and measure the index on: the sources of libraries, and of the JDK where the machine has them.
 *
 * <p><b>Invariant:</b> nothing is written but below {@code target}.
 */
@NullMarked
package dev.skein.index.corpus;

import org.jspecify.annotations.NullMarked;
