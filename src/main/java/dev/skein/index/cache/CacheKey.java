package dev.skein.index.cache;

import dev.skein.index.source.ContentHash;
import java.nio.charset.StandardCharsets;

/**
 * Whose symbols a file holds.
 *
 * @param root canonical path of the shard's root with the workspace's
 * @param options what else decides what is found: the scanner's version and its settings
 */
public record CacheKey(String root, String options) {
    /** Changes whenever the same text gives other symbols than before. */
    public static final String SCANNER = "scanner-2";

    /** The name of the file, which says nothing about paths. */
    String fileName() {
        return ContentHash.of(identity()) + ".symbols";
    }

    byte[] identity() {
        return (root + '\0' + options).getBytes(StandardCharsets.UTF_8);
    }
}
