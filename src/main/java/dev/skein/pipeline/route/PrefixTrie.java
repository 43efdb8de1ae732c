package dev.skein.pipeline.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Prefixes with their ranks; a chain of single characters is one node. */
final class PrefixTrie {
    private final Node root;

    private PrefixTrie(Node root) {
        this.root = root;
    }

    /** The lowest rank of a prefix of {@code text}, or {@code atMost} when that is lower. */
    int first(String text, int atMost) {
        int best = atMost;
        int at = 0;
        for (@Nullable Node node = root; node != null && node.leastBelow < best; ) {
            if (node.ranks.length > 0) {
                best = Math.min(best, node.ranks[0]);
            }
            node = node.next(text, at);
            at += node == null ? 0 : node.label.length();
        }
        return best;
    }

    void each(String text, IntConsumer found) {
        int at = 0;
        for (@Nullable Node node = root; node != null; ) {
            for (int rank : node.ranks) {
                found.accept(rank);
            }
            node = node.next(text, at);
            at += node == null ? 0 : node.label.length();
        }
    }

    /** Arrays are sorted: ranks by value, children by the first character of their label. */
    private record Node(String label, int[] ranks, int leastBelow, char[] keys, Node[] children) {
        @Nullable
        Node next(String text, int at) {
            if (at >= text.length() || keys.length == 0) {
                return null;
            }
            int found = Arrays.binarySearch(keys, text.charAt(at));
            return found >= 0 && text.startsWith(children[found].label, at) ? children[found] : null;
        }
    }

    /** Collects prefixes; ranks must be added in ascending order. */
    static final class Builder {
        private final TreeMap<Character, Builder> children = new TreeMap<>();
        private final List<Integer> ranks = new ArrayList<>();

        void add(String prefix, int rank) {
            var node = this;
            for (int i = 0; i < prefix.length(); i++) {
                node = node.children.computeIfAbsent(prefix.charAt(i), unseen -> new Builder());
            }
            node.ranks.add(rank);
        }

        PrefixTrie build() {
            return new PrefixTrie(freeze(""));
        }

        private Node freeze(String label) {
            var text = new StringBuilder(label);
            var end = this;
            while (!label.isEmpty() && end.ranks.isEmpty() && end.children.size() == 1) {
                var only = end.children.firstEntry();
                text.append(only.getKey().charValue());
                end = only.getValue();
            }
            return end.node(text.toString());
        }

        private Node node(String label) {
            var frozen = new Node[children.size()];
            var keys = new char[children.size()];
            int least = ranks.isEmpty() ? Patterns.NONE : ranks.get(0);
            int i = 0;
            for (var child : children.entrySet()) {
                keys[i] = child.getKey();
                frozen[i] = child.getValue().freeze(child.getKey().toString());
                least = Math.min(least, frozen[i++].leastBelow);
            }
            return new Node(label, ranks.stream().mapToInt(rank -> rank).toArray(), least, keys, frozen);
        }
    }
}
