package dev.skein.index.shard;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The shards of a workspace: directories, of which the deepest above a file has it.
 *
 * <p>A source root with more bytes than a shard may have is split by package: as many of its directories as needed
 * become shards of their own, and what is left stays with the root. A single directory is never split.
 *
 * @param roots directories relative to the workspace with {@code /} between, without one at the end; empty for itself
 */
public record ShardLayout(SortedSet<String> roots) {
    public ShardLayout {
        roots = Collections.unmodifiableSortedSet(new TreeSet<>(roots));
    }

    /**
     * Shards for source roots.
     *
     * @param bytes of every file by path
     * @param bytesMax of one shard; more only where one directory alone has more
     */
    public static ShardLayout of(Collection<String> sourceRoots, NavigableMap<String, Long> bytes, long bytesMax) {
        var given = new ShardLayout(new TreeSet<>(sourceRoots));
        var shards = new TreeSet<>(given.roots);
        for (var root : given.roots) {
            var own = new TreeMap<String, Long>();
            bytes.forEach((path, size) -> {
                if (given.root(path).filter(root::equals).isPresent()) {
                    own.put(path, size);
                }
            });
            new Splitter(own, bytesMax, shards).split(root);
        }
        return new ShardLayout(shards);
    }

    /** The shard that has a file; none for a file outside all roots or a path that leads out of the workspace. */
    public Optional<String> root(String path) {
        if (!isInside(path)) {
            return Optional.empty();
        }
        for (int end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
            var directory = path.substring(0, end);
            if (roots.contains(directory)) {
                return Optional.of(directory);
            }
        }
        return roots.contains("") ? Optional.of("") : Optional.empty();
    }

    /** Whether a path is relative, in its shortest form, and stays below where it starts. */
    public static boolean isInside(String path) {
        if (path.isEmpty() || path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0) {
            return false;
        }
        for (var part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }

    /** Splits one root: the largest directories that fit become shards, those that do not are looked into. */
    private record Splitter(NavigableMap<String, Long> bytes, long bytesMax, SortedSet<String> shards) {
        void split(String root) {
            long left = total(root);
            var children = new TreeMap<String, Long>();
            below(root)
                    .forEach(
                            (path, size) -> child(root, path).ifPresent(each -> children.merge(each, size, Long::sum)));
            while (left > bytesMax && !children.isEmpty()) {
                var largest = Map.Entry.copyOf(Collections.max(children.entrySet(), Map.Entry.comparingByValue()));
                children.remove(largest.getKey()); // may put another key into the map's own entry
                left -= largest.getValue();
                shards.add(largest.getKey());
                if (largest.getValue() > bytesMax) {
                    split(largest.getKey());
                }
            }
        }

        private NavigableMap<String, Long> below(String root) {
            return root.isEmpty() ? bytes : bytes.subMap(root + "/", true, root + "0", false); // 0 follows /
        }

        private long total(String root) {
            return below(root).values().stream().mapToLong(Long::longValue).sum();
        }

        private static Optional<String> child(String root, String path) {
            int from = root.isEmpty() ? 0 : root.length() + 1;
            int end = path.indexOf('/', from);
            return end < 0 ? Optional.empty() : Optional.of(path.substring(0, end));
        }
    }
}
