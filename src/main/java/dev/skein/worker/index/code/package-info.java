/**
 * The worker's answers about code: it resolves names in the files of its own shards, and asks the others only for types
 * that it meets and does not have.
 *
 * <p><b>Invariant:</b> a worker that does not answer is named in the answer and costs it no more than its deadline; no
 * thread waits for another worker.
 */
@NullMarked
package dev.skein.worker.index.code;

import org.jspecify.annotations.NullMarked;
