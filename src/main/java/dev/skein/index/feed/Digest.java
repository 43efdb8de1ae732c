package dev.skein.index.feed;

import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.source.ContentHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What all files of a shard are, in a few bytes: two shards with the same digest have the same paths with the same
 * contents.
 *
 * @param content hash of all paths and content hashes in the order of the paths
 */
public record Digest(int files, ContentHash content) {
    /** Of items by rising path, each path once. */
    public static Digest of(Iterable<Item> items) {
        var sum = new Sum();
        items.forEach(sum::add);
        return sum.digest();
    }

    /** Builds a digest of items that come one after the other. Not thread-safe. */
    public static final class Sum {
        private final MessageDigest sha = sha();
        private final ByteBuffer hash = ByteBuffer.allocate(1 + ContentHash.BYTES);
        private int files;

        /** Paths come in rising order. */
        public void add(Item item) {
            sha.update(item.path().getBytes(StandardCharsets.UTF_8));
            var content = item.content();
            hash.clear().put((byte) 0).putLong(content.high()).putLong(content.low()); // no path has a zero
            sha.update(hash.array());
            files++;
        }

        /** What was added so far; nothing can be added after that. */
        public Digest digest() {
            var all = ByteBuffer.wrap(sha.digest());
            return new Digest(files, new ContentHash(all.getLong(), all.getLong()));
        }

        private static MessageDigest sha() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every JDK has it
            }
        }
    }
}
