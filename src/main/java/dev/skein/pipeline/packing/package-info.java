/**
 * The binary form of what carries events between nodes, how heavy an event is, and how a large answer is cut
 * into pages.
 *
 * <p><b>Invariant:</b> no event on its way between two nodes is ever JSON.
 */
@NullMarked
package dev.skein.pipeline.packing;

import org.jspecify.annotations.NullMarked;
