package dev.skein.index.cache;

import dev.skein.index.source.ContentHash;
import dev.skein.index.symbol.SymbolTable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tables of one shard as they were at one time.
 *
 * @param writtenMillis when, in milliseconds since 1970
 * @param files by path
 */
public record Cached(long writtenMillis, Map<String, File> files) {
    /** One file's symbols and the content they were found in, which decides whether they still count. */
    public record File(ContentHash content, long bytes, long modifiedMillis, SymbolTable table) {
        private static final long RACY_MILLIS = 2_000;

        /**
         * Whether size and time alone say that a file on disk is unchanged. Not for one that was changed shortly
         * before the cache was written: it may have changed again within the same tick.
         */
        public boolean isSurely(long bytesNow, long modifiedMillisNow, long writtenMillis) {
            return bytes == bytesNow
                    && modifiedMillis == modifiedMillisNow
                    && modifiedMillis < writtenMillis - RACY_MILLIS;
        }
    }

    public Cached {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }
}
