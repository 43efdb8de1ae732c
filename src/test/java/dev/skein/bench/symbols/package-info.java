/**
 * What a search costs among a million symbols.
 *
 * <p><b>Invariant:</b> the names are those of real libraries, and every kind of query has its own row.
 */
@NullMarked
package dev.skein.bench.symbols;

import org.jspecify.annotations.NullMarked;
