/**
 * The way out: a bounded outbox, one courier that empties it in order, and when it tries again.
 *
 * <p><b>Invariant:</b> accepting a message never waits; a message leaves the outbox when the target has it or a dead
 * letter says why not.
 */
@NullMarked
package dev.skein.connector.out;

import org.jspecify.annotations.NullMarked;
