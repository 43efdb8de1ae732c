package dev.skein.index.sem.unit;

import dev.skein.index.symbol.Span;

/** Where a file cannot be read as Java, and why, in English. */
public record SyntaxError(Span span, String message) {}
