/**
 * Names and types of expressions within a scope: what a simple name is, which of several methods a call means, what
 * type parameters stand for.
 *
 * <p><b>Invariant:</b> a meaning is sure, one of several, or unknown with a reason; time and depth of the search for it
 * are bounded.
 */
@NullMarked
package dev.skein.index.sem.expr;

import org.jspecify.annotations.NullMarked;
