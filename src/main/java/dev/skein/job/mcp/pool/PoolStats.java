package dev.skein.job.mcp.pool;

import java.util.Map;

/**
 * What a pool has done and how it is.
 *
 * @param state {@code idle}, {@code ready}, {@code starting}, {@code waiting} (for the next attempt to start) or
 *     {@code broken} (left alone for a while)
 * @param lastFailure why a server was last lost, empty when none was
 * @param restarts starts that replaced a server which was lost
 * @param exits ended connections by cause: {@code lost}, {@code start-failed}, {@code idle}, {@code recycled},
 *     {@code spoilt}, {@code memory}, {@code closed}
 * @param errors failed calls by the code of their problem
 * @param medianMillis of the last calls that were answered, 0 without any; {@code p95Millis} likewise
 * @param residentBytes of all servers at the last look
 */
public record PoolStats(
        String name,
        String state,
        String lastFailure,
        int connections,
        int inFlight,
        int queued,
        long starts,
        long restarts,
        Map<String, Long> exits,
        long calls,
        Map<String, Long> errors,
        long medianMillis,
        long p95Millis,
        long residentBytes) {
    public PoolStats {
        exits = Map.copyOf(exits);
        errors = Map.copyOf(errors);
    }
}
