package dev.skein.review;

/**
 * A piece of a file that is looked at at once. The owned lines of all chunks of a file are all its lines, each once.
 *
 * @param owned what this chunk answers for
 * @param shown what is shown of it, the owned lines and some around them
 */
public record Chunk(SourceFile file, Lines owned, Lines shown) {}
