/**
 * Events that nobody waits for, kept on disk until they are delivered.
 *
 * <p><b>Invariant:</b> an append completes only after the bytes are on disk; after a crash every event that was not
 * noted as delivered is there again, maybe along with some that were.
 */
@NullMarked
package dev.skein.router.journal;

import org.jspecify.annotations.NullMarked;
