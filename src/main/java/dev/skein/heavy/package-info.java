/**
 * Work that may exhaust memory, in processes of its own under a cap.
 *
 * <p><b>Invariant:</b> no code of a job is ever loaded into the node's own process.
 */
@NullMarked
package dev.skein.heavy;

import org.jspecify.annotations.NullMarked;
