/**
 * What stands between the network and the handlers: the order of checks, who is let in, and a limit on everything.
 *
 * <p><b>Invariant:</b> nothing that a client sends, or fails to send or to read, goes without a bound and a deadline.
 */
@NullMarked
package dev.skein.http.guard;

import org.jspecify.annotations.NullMarked;
