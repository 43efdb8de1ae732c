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
            best = Math.min(best, node.leastHere);
            node = node.next(text, at);
            at += node == null ? 0 : node.length;
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
            at += node == null ? 0 : node.length;
        }
    }

    /** One step down the trie. A lookup mostly waits for memory, so all that it needs lies in one object. */
    private static final class Node {
        private static final int SPREAD_MAX = 64;
        private static final char[] NO_KEYS = {};

        final String label;
        final int length; // of the label
        final int[] ranks;
        final int leastHere;
        final int leastBelow; // this node included
        final char base;
        final char[] keys; // sorted first characters of the slots; empty when slots are one per character from base on
        final @Nullable Node[] slots;

        Node(String label, int[] ranks, TreeMap<Character, Node> children) {
            this.label = label;
            this.length = label.length();
            this.ranks = ranks;
            this.leastHere = ranks.length == 0 ? Patterns.NONE : ranks[0];
            this.leastBelow = children.values().stream()
                    .mapToInt(child -> child.leastBelow)
                    .reduce(leastHere, Math::min);
            this.base = children.isEmpty() ? 0 : children.firstKey();
            boolean dense = children.isEmpty() || children.lastKey() - base < SPREAD_MAX;
            this.keys = dense ? NO_KEYS : keys(children);
            this.slots = dense ? dense(children) : children.values().toArray(Node[]::new);
        }

        private static char[] keys(TreeMap<Character, Node> children) {
            var keys = new char[children.size()];
            int i = 0;
            for (char first : children.keySet()) {
                keys[i++] = first;
            }
            return keys;
        }

        private static @Nullable Node[] dense(TreeMap<Character, Node> children) {
            if (children.isEmpty()) {
                return new Node[0];
            }
            char base = children.firstKey();
            var slots = new @Nullable Node[children.lastKey() - base + 1];
            children.forEach((first, child) -> slots[first - base] = child);
            return slots;
        }

        @Nullable
        Node next(String text, int at) {
            var child = at < text.length() ? startingWith(text.charAt(at)) : null;
            return child != null && (child.length == 1 || text.startsWith(child.label, at)) ? child : null;
        }

        private @Nullable Node startingWith(char first) {
            int slot = keys.length == 0 ? first - base : Arrays.binarySearch(keys, first);
            return slot >= 0 && slot < slots.length ? slots[slot] : null;
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
            var frozen = new TreeMap<Character, Node>();
            end.children.forEach((first, child) -> frozen.put(first, child.freeze(first.toString())));
            return new Node(
                    text.toString(), end.ranks.stream().mapToInt(rank -> rank).toArray(), frozen);
        }
    }
}
