package dev.skein.index.shard;

import dev.skein.index.source.ContentHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What files a shard should hold, by path; each with the content that counts: the editor's where it is open there. */
public record Manifest(Map<String, Entry> files) {
    /**
     * One file.
     *
     * @param modifiedMillis of the file on disk; with {@code bytes} a fast way to see that nothing changed, no proof
     */
    public record Entry(long bytes, long modifiedMillis, ContentHash content) {}

    /**
     * What leads from one manifest to another.
     *
     * @param changed paths that are new or have another content, sorted
     * @param removed paths that are gone, sorted
     */
    public record Difference(List<String> changed, List<String> removed) {
        public boolean isEmpty() {
            return changed.isEmpty() && removed.isEmpty();
        }
    }

    public static final Manifest EMPTY = new Manifest(Map.of());

    public Manifest {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /** What has to happen to what {@code held} holds so that it holds this; only contents count. */
    public Difference from(Map<String, ContentHash> held) {
        var changed = new ArrayList<String>();
        files.forEach((path, entry) -> {
            if (!entry.content.equals(held.get(path))) {
                changed.add(path);
            }
        });
        var removed = held.keySet().stream()
                .filter(path -> !files.containsKey(path))
                .sorted()
                .toList();
        return new Difference(List.copyOf(changed), removed);
    }
}
