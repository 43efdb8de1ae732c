package dev.skein.index.search;

import dev.skein.index.source.ContentHash;
import dev.skein.index.symbol.Symbol;

/**
 * One symbol that was found.
 *
 * @param rank how well its name matches, see {@link dev.skein.index.match.Rank}
 * @param index in the table of its file
 * @param content of the file it was found in
 */
public record Hit(long rank, String path, int index, ContentHash content, Symbol symbol) {}
