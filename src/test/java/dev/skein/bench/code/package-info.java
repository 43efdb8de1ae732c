/**
 * What questions about code cost, and how many answers are right.
 *
 * <p><b>Invariant:</b> what is right is javac's word over the same files.
 */
@NullMarked
package dev.skein.bench.code;

import org.jspecify.annotations.NullMarked;
