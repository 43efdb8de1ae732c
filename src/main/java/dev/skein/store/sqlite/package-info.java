/**
 * SQLite: one file, one process.
 *
 * <p><b>Invariant:</b> the file is never open in two processes that lead.
 */
@NullMarked
package dev.skein.store.sqlite;

import org.jspecify.annotations.NullMarked;
