/**
 * What depends on what in a VPL program: streams on streams, top-level values and functions on each other.
 *
 * <p><b>Invariant:</b> linear in the number of links and without recursion, so that a long chain is as good as a short
 * one.
 */
@NullMarked
package dev.skein.pipeline.vpl.flow;

import org.jspecify.annotations.NullMarked;
