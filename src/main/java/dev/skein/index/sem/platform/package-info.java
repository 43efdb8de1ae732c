/**
 * Types of the Java that runs this node, so that an expression over a list or a stream has a type.
 *
 * <p><b>Invariant:</b> none of them is an answer: they have no source, and a type of a workspace goes before.
 */
@NullMarked
package dev.skein.index.sem.platform;

import org.jspecify.annotations.NullMarked;
