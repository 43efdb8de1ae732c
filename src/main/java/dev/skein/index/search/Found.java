package dev.skein.index.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What a search found.
 *
 * @param hits the best, in order
 * @param total how many symbols match
 */
public record Found(List<Hit> hits, long total) {
    public static final Found NOTHING = new Found(List.of(), 0);

    public Found {
        hits = List.copyOf(hits);
    }

    /** The best of what several shards found for one query; the same whatever order they answered in. */
    public static Found merge(List<Found> parts, SymbolQuery query) {
        var hits = new ArrayList<Hit>();
        long total = 0;
        for (var part : parts) {
            hits.addAll(part.hits);
            total += part.total;
        }
        hits.sort(order(query.query().isEmpty()));
        return new Found(hits.subList(0, Math.min(query.limit(), hits.size())), total);
    }

    /** Better ranks first, then shorter names unless nothing was asked for, then names, paths and places in a file. */
    private static Comparator<Hit> order(boolean byName) {
        Comparator<Hit> byRank = Comparator.comparingLong(Hit::rank).reversed();
        return byRank.thenComparingInt(hit -> byName ? 0 : bytes(hit.symbol().identifier()).length)
                .thenComparing(hit -> bytes(hit.symbol().identifier()), Arrays::compareUnsigned)
                .thenComparing(hit -> bytes(hit.path()), Arrays::compareUnsigned)
                .thenComparingInt(Hit::index);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
