/**
 * Nodes as child processes of a command.
 *
 * <p><b>Invariant:</b> a child ends with the process that started it, however that ends.
 */
@NullMarked
package dev.skein.cli.child;

import org.jspecify.annotations.NullMarked;
