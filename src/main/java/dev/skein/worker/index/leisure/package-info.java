/**
 * Work of the index that can wait: keeping shards on disk and finding what the first questions need.
 *
 * <p><b>Invariant:</b> nothing that somebody waits for comes here, and nothing stays here for ever.
 */
@NullMarked
package dev.skein.worker.index.leisure;

import org.jspecify.annotations.NullMarked;
