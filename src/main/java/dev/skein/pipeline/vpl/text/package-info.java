/**
 * From the text of a VPL program to its tokens: compile-time loops expanded, every token with the place it was written.
 *
 * <p><b>Invariant:</b> time and memory are linear in the expanded text, whose size is bounded; whatever the text is,
 * there
 * are tokens, and the last one is the end.
 */
@NullMarked
package dev.skein.pipeline.vpl.text;

import org.jspecify.annotations.NullMarked;
