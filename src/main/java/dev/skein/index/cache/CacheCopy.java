package dev.skein.index.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A shard's cache files that come from another worker, stretch by stretch; not seen before all of it is there. */
public final class CacheCopy implements AutoCloseable {
    private final ShardCache cache;
    private final CacheKey key;
    private final List<Path> parts = new ArrayList<>();

    public CacheCopy(ShardCache cache, CacheKey key) {
        this.cache = cache;
        this.key = key;
    }

    /** Begins the next part. */
    public void next() throws IOException {
        parts.add(cache.fresh());
    }

    /** Goes on with the part that was begun last. */
    public void add(byte[] bytes) throws IOException {
        Files.write(parts.get(parts.size() - 1), bytes, StandardOpenOption.APPEND);
    }

    /** Puts it in place of what was there; whether it is sound shows when it is loaded. */
    public void install() throws IOException {
        cache.install(key, parts);
        parts.clear();
    }

    /** Leaves nothing of what was not installed. */
    @Override
    public void close() throws IOException {
        for (var part : parts) {
            Files.deleteIfExists(part);
        }
    }
}
