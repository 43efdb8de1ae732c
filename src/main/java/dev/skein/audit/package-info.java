/**
 * Who did what, and who was refused: lines that are only ever appended, each carrying the hash of the one before.
 *
 * <p><b>Invariant:</b> no secret and no body of a request is ever in a line, and writing one never blocks an
 * event loop.
 */
@NullMarked
package dev.skein.audit;

import org.jspecify.annotations.NullMarked;
