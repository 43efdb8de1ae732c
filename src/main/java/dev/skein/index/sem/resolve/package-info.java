/**
 * What the names of a file refer to: it is visited from the top, with the scope of every place.
 *
 * <p><b>Invariant:</b> every name is met once, and a file that is broken or nested too deep gives what was met.
 */
@NullMarked
package dev.skein.index.sem.resolve;

import org.jspecify.annotations.NullMarked;
