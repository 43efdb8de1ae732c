package dev.skein.pipeline.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Event type patterns in declared order, compiled: exact ones in a map, {@code prefix*} and {@code *} in a trie. A
 * {@code *} elsewhere than at the end is an ordinary character; case counts.
 */
final class Patterns {
    /* A lookup costs one hash and one walk down the trie, never further than the event type is long; each node knows
     * the lowest rank below it, so the walk for the first match ends as soon as nothing better can follow. The number
     * of rules shows only in how many nodes the characters of a type are spread over. */

    static final int NONE = Integer.MAX_VALUE;

    private static final char WILDCARD = '*';
    private static final int[] NO_RANKS = {};

    private final Map<String, int[]> exact;
    private final PrefixTrie prefixes;

    private Patterns(Map<String, int[]> exact, PrefixTrie prefixes) {
        this.exact = exact;
        this.prefixes = prefixes;
    }

    /** The patterns; the rank of each is its place in the list. */
    static Patterns compile(List<String> inOrder) {
        var exact = new HashMap<String, List<Integer>>();
        var prefixes = new PrefixTrie.Builder();
        for (int rank = 0; rank < inOrder.size(); rank++) {
            var pattern = inOrder.get(rank);
            int last = pattern.length() - 1;
            if (last >= 0 && pattern.charAt(last) == WILDCARD) {
                prefixes.add(pattern.substring(0, last), rank);
            } else {
                exact.computeIfAbsent(pattern, unseen -> new ArrayList<>()).add(rank);
            }
        }
        var frozen = new HashMap<String, int[]>();
        exact.forEach((type, ranks) ->
                frozen.put(type, ranks.stream().mapToInt(rank -> rank).toArray()));
        return new Patterns(Map.copyOf(frozen), prefixes.build());
    }

    /** The lowest rank of a pattern that matches, or {@link #NONE}. */
    int first(String type) {
        var ranks = exact.getOrDefault(type, NO_RANKS);
        return prefixes.first(type, ranks.length == 0 ? NONE : ranks[0]);
    }

    /** Tells the rank of every pattern that matches, in no order. */
    void each(String type, IntConsumer found) {
        for (int rank : exact.getOrDefault(type, NO_RANKS)) {
            found.accept(rank);
        }
        prefixes.each(type, found);
    }
}
