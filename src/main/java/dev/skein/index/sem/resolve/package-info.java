/**
 * What a name at a place in a file refers to: names within bodies, types of expressions, choice among overloads.
 *
 * <p><b>Invariant:</b> a meaning is sure, one of several, or unknown with a reason; time and depth of the search for it
 * are bounded.
 */
@NullMarked
package dev.skein.index.sem.resolve;

import org.jspecify.annotations.NullMarked;
