package dev.skein.worker.index;

import dev.skein.index.cache.CacheKey;
import dev.skein.index.cache.Cached;
import dev.skein.index.cache.Loaded;
import dev.skein.index.cache.ShardCache;
import dev.skein.index.code.ShardCode;
import dev.skein.index.code.TextFile;
import dev.skein.index.feed.Digest;
import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.search.ShardSymbols;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker has of one shard's files, in memory and on disk, under whatever assignment. What changes it is called
 * by one thread at a time and may block; symbols and code are asked by any thread at any time.
 */
final class Holdings {
    private static final Logger log = LoggerFactory.getLogger(Holdings.class);

    private final CacheKey key;
    private final ShardCache cache;
    private final ShardSymbols symbols = new ShardSymbols();
    private final ShardCode code;
    private final Map<String, Item> items = new TreeMap<>();
    private volatile long writtenMillis;

    /** @param directory canonical path of the shard's root, which names the cache file */
    Holdings(String directory, ShardCache cache) {
        this.key = new CacheKey(directory, CacheKey.SCANNER);
        this.cache = cache;
        this.code = new ShardCode(new TextFile(cache.texts(key)));
    }

    ShardSymbols symbols() {
        return symbols;
    }

    ShardCode code() {
        return code;
    }

    /** What symbols has, by path. */
    Map<String, Item> items() {
        return items;
    }

    CacheKey key() {
        return key;
    }

    /** When the root was looked at whose symbols are on disk, in milliseconds since 1970; 0 when none are. */
    long writtenMillis() {
        return writtenMillis;
    }

    /** Takes what was kept on disk, if there is anything. */
    void load() {
        var loaded = cache.load(key);
        if (loaded instanceof Loaded.Hit hit) {
            hit.cached().files().forEach((path, file) -> {
                symbols.replace(path, file.content(), file.table());
                code.know(path, file.content(), file.table());
                items.put(path, new Item(path, file.bytes(), file.modifiedMillis(), file.content()));
            });
            hasTexts(); // finds what there is, so that the first round need not
            writtenMillis = hit.cached().writtenMillis();
        } else if (loaded instanceof Loaded.Miss miss && !miss.reason().equals("absent")) {
            log.warn("the cache of a shard is not used: {}", miss.reason());
        }
    }

    /** Whether it has exactly the files of a digest, with their texts. */
    boolean is(Digest digest) {
        return digest.files() == items.size() && digest.equals(Digest.of(items.values())) && hasTexts();
    }

    /** Whether the text of every file is there, as far as is known without reading them. */
    boolean hasTexts() {
        return items.values().stream().allMatch(item -> code.hasText(item.content()));
    }

    /** Keeps everything as it was when the root was looked at. */
    void save(long comparedMillis) throws IOException {
        var files = new TreeMap<String, Cached.File>();
        items.forEach((path, item) -> symbols.table(path)
                .ifPresent(table ->
                        files.put(path, new Cached.File(item.content(), item.bytes(), item.modifiedMillis(), table))));
        cache.save(key, new Cached(comparedMillis, files));
        writtenMillis = comparedMillis;
        code.tidy();
    }

    /** Bytes of each part on disk. */
    List<Long> parts() throws IOException {
        return cache.parts(key);
    }

    /** A stretch of such a part. */
    byte[] stretch(int part, long offset, int bytesMax) throws IOException {
        return cache.stretch(key, part, offset, bytesMax);
    }

    /** Notes that this is of use. */
    void use(long nowMillis) {
        cache.use(key, nowMillis);
    }

    /** Leaves nothing on disk. */
    void forget() {
        cache.delete(key);
        code.forget();
    }
}
