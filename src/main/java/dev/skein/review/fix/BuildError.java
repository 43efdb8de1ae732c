package dev.skein.review.fix;

/**
 * One complaint of a compiler or linker.
 *
 * @param path as the tool wrote it, {@code ./} at its beginning left out; empty when it named none
 * @param line from 1; 0 when the tool named none
 * @param column from 1, in the tool's own counting; 0 when it named none
 */
public record BuildError(String path, int line, int column, boolean warning, String message) {}
