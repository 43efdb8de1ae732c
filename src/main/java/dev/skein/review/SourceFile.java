package dev.skein.review;

/**
 * A file under review.
 *
 * @param path relative to the root of the run, with {@code /}; any characters of a file system, never {@code ..}
 * @param language in lower case ({@code java}, {@code python} …), {@code text} when unknown
 * @param text decoded, as it is
 * @param hash of its bytes, SHA-256 in lower-case hex
 * @param lines how many; a last line without an end counts, an empty text has none
 */
public record SourceFile(String path, String language, String text, String hash, int lines) {}
