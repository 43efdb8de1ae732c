/**
 * JSON in and out: strict when reading, streamed where it may be large, and the line format for events.
 *
 * <p><b>Invariant:</b> nothing here waits; reading and writing are pure functions of bytes.
 */
@NullMarked
package dev.skein.http.json;

import org.jspecify.annotations.NullMarked;
