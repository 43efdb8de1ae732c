/**
 * Nodes as processes of their own, and how to talk to them.
 *
 * <p><b>Invariant:</b> whatever was started is ended when its owner closes it, and only that.
 */
@NullMarked
package dev.skein.fault.nodes;

import org.jspecify.annotations.NullMarked;
