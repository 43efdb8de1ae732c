package dev.skein.pipeline.route;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Which copy of a pipeline a key belongs to. The same for every router, restart and version, so it must never change.
 *
 * @see <a href="http://www.isthe.com/chongo/tech/comp/fnv/">FNV-1a</a>
 * @see <a href="https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp">fmix64 of MurmurHash3</a>
 */
public final class Replicas {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long MIX_FIRST = 0xff51afd7ed558ccdL;
    private static final long MIX_SECOND = 0xc4ceb9fe1a85ec53L;
    private static final int MIX_SHIFT = 33;

    private Replicas() {}

    /**
     * The copy for a value of the partition field.
     *
     * @param value null when the event has no such field
     * @param copies 1 or more
     * @return 0 to {@code copies} - 1
     */
    public static int of(@Nullable Object value, int copies) {
        return copies == 1 ? 0 : (int) Long.remainderUnsigned(hash(value), copies);
    }

    /** Unsigned: fmix64 of FNV-1a over the value's canonical JSON in UTF-8. */
    static long hash(@Nullable Object value) {
        long hash = FNV_OFFSET;
        for (byte octet : CanonicalJson.of(value).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
        }
        return mixed(hash);
    }

    private static long mixed(long hash) {
        long h = hash;
        h = (h ^ (h >>> MIX_SHIFT)) * MIX_FIRST;
        h = (h ^ (h >>> MIX_SHIFT)) * MIX_SECOND;
        return h ^ (h >>> MIX_SHIFT);
    }
}
