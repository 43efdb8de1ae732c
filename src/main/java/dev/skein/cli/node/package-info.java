/**
 * Starting a node: flags become settings, and the host starts it.
 *
 * <p><b>Invariant:</b> knows keys of settings as text only; what they mean is the node's.
 */
@NullMarked
package dev.skein.cli.node;

import org.jspecify.annotations.NullMarked;
