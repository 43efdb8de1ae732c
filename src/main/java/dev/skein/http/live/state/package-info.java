/**
 * What viewers see, as a JSON tree that grows by sequence numbers, and the difference between any two of them.
 *
 * <p><b>Invariant:</b> knows no socket, no bus and no clock.
 */
@NullMarked
package dev.skein.http.live.state;

import org.jspecify.annotations.NullMarked;
