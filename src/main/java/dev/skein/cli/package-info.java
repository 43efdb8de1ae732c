/**
 * Commands of the same jar: {@link dev.skein.cli.Cli} turns words into calls of the public HTTP API or into a node's
 * start.
 *
 * <p><b>Invariant:</b> loads neither Vert.x nor Hazelcast; whatever a command does, a script with curl can do too.
 */
@NullMarked
package dev.skein.cli;

import org.jspecify.annotations.NullMarked;
