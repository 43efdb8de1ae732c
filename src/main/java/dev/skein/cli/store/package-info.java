/**
 * Commands about the store of a coordinator on this machine.
 *
 * <p><b>Invariant:</b> they work on the store itself and need no running node.
 */
@NullMarked
package dev.skein.cli.store;

import org.jspecify.annotations.NullMarked;
