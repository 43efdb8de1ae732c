package dev.skein.review.scope;

/**
 * A file that is reviewed, as it was when it was looked at.
 *
 * @param path relative to the root, with {@code /}; any characters that a file system allows
 * @param lines one or more
 * @param hash of its bytes, SHA-256 in lower-case hex
 * @param language in lower case
 */
public record ScopedFile(String path, long bytes, int lines, String hash, String language) {}
