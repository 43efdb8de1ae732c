package dev.skein.index.symbol;

/**
 * A stretch of a file; lines and columns count from 0, columns in UTF-16 code units.
 *
 * @param endLine line of the first character after it
 * @param endColumn column of the first character after it
 */
public record Span(int line, int column, int endLine, int endColumn) {}
