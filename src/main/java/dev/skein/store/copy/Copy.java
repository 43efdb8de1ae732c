package dev.skein.store.copy;

import java.time.Instant;
import java.util.Map;

/**
 * What a copy holds, or a store.
 *
 * @param schema version of the tables
 * @param at when it was made
 * @param rows how many of which table, in the order in which they can be put back
 */
public record Copy(String schema, Instant at, Map<String, Long> rows) {
    public long total() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
