package dev.skein.coordinator.job;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Payloads that are likely to be sent soon, so that a fresh job is not read back; the others come from the store. */
final class Payloads {
    private final long charsMax;
    private final Function<Collection<Long>, Future<Map<Long, String>>> source;
    private final LinkedHashMap<Long, String> fresh = new LinkedHashMap<>();
    private long chars;

    /** @param source the store */
    Payloads(long charsMax, Function<Collection<Long>, Future<Map<Long, String>>> source) {
        this.charsMax = charsMax;
        this.source = source;
    }

    void remember(long id, String payload) {
        if (payload.length() <= charsMax - chars) {
            fresh.put(id, payload);
            chars += payload.length();
        }
    }

    void forget(long id) {
        var payload = fresh.remove(id);
        chars -= payload == null ? 0 : payload.length();
    }

    /** Every one of them that there is. */
    Future<Map<Long, String>> of(Collection<Long> ids) {
        var found = new HashMap<Long, String>();
        for (var id : ids) {
            var payload = fresh.get(id);
            if (payload != null) {
                found.put(id, payload);
            }
        }
        var missing = ids.stream().filter(id -> !found.containsKey(id)).toList();
        return missing.isEmpty() ? Future.succeededFuture(found) : source.apply(missing).map(read -> all(found, read));
    }

    private static Map<Long, String> all(Map<Long, String> found, @Nullable Map<Long, String> read) {
        if (read != null) {
            found.putAll(read);
        }
        return found;
    }
}
