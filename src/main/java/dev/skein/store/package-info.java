/**
 * SQL storage: one writer that commits in groups, one reader, and the migrations of their schema.
 *
 * <p><b>Invariant:</b> nobody is told of a change before it is committed, and nothing here knows what the tables mean.
 */
@NullMarked
package dev.skein.store;

import org.jspecify.annotations.NullMarked;
