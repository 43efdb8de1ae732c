/**
 * The tree of a VPL program: what was written and where, before any name is looked up.
 *
 * <p><b>Invariant:</b> a node refers to no other node by name; whatever needs a look-up is in
 * {@link dev.skein.pipeline.vpl.resolved}.
 */
@NullMarked
package dev.skein.pipeline.vpl.ast;

import org.jspecify.annotations.NullMarked;
