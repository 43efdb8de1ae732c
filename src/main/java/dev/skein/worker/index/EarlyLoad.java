package dev.skein.worker.index;

import dev.skein.index.cache.CacheKey;
import dev.skein.index.cache.ShardCache;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the cache files that are there before anybody has said which shards are this worker's, so that an assignment
 * finds them read: the latest first, as many as fit into a part of the memory. Confined to one event loop.
 */
final class EarlyLoad {
    private static final int AT_ONCE = 2;
    private static final int HEAP_PART = 8; // of the heap, in bytes of files, which take up to four times that

    private Future<?> done = Future.succeededFuture();
    private final Map<CacheKey, Early> loading = new HashMap<>();

    /** Something that is read, and when that is done. */
    record Early(Holdings holdings, Future<?> loaded) {}

    /** Begins to read. */
    static Future<EarlyLoad> begin(Vertx vertx, ShardCache cache) {
        var early = new EarlyLoad();
        return vertx.executeBlocking(cache::entries, false).map(entries -> {
            early.read(vertx, cache, entries);
            return early;
        });
    }

    private void read(Vertx vertx, ShardCache cache, Iterable<ShardCache.Entry> entries) {
        var threads = vertx.createSharedWorkerExecutor("skein-index-early", AT_ONCE);
        long left = Runtime.getRuntime().maxMemory() / HEAP_PART;
        for (var entry : entries) {
            left -= entry.bytes();
            if (left >= 0 && entry.key().options().equals(CacheKey.SCANNER)) {
                var holdings = new Holdings(entry.key().root(), cache);
                var loaded = threads.executeBlocking(Executors.callable(holdings::load), false);
                loading.put(entry.key(), new Early(holdings, loaded));
            }
        }
        var all = loading.values().stream().map(Early::loaded).toList();
        done = all.isEmpty() ? Future.succeededFuture() : Future.join(all);
        done.onComplete(read -> threads.close());
    }

    /** Whether nothing is being read any more. */
    boolean isDone() {
        return done.isComplete();
    }

    /** What was read of a shard, or is being read; null when it is not. Nobody else gets it after that. */
    @Nullable
    Early take(CacheKey key) {
        return loading.remove(key);
    }

    /** Lets go of what nobody has taken. */
    void forget() {
        loading.clear();
    }
}
