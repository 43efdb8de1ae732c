/**
 * From the tokens of a VPL program to its tree, by recursive descent that goes on after an error.
 *
 * <p><b>Invariant:</b> nothing is parsed twice and recursion is bounded before it happens, so that any text ends in a
 * tree
 * and a list of diagnostics, never in an exception.
 */
@NullMarked
package dev.skein.pipeline.vpl.syntax;

import org.jspecify.annotations.NullMarked;
