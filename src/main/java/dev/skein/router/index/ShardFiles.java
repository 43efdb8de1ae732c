package dev.skein.router.index;

import dev.skein.index.feed.Feeds;
import dev.skein.index.feed.Feeds.Fault;
import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.source.ContentHash;
import dev.skein.index.source.SourceText;
import dev.skein.router.index.RootScan.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of one shard: what its files are, by path, with the hashes of their contents. Size and time decide
 * whether a file is read again, but not for one that was changed shortly before it was read. Blocks on the disk;
 * compared by one thread while others read.
 */
final class ShardFiles {
    private static final long RACY_MILLIS = 2_000;

    private final Path root;
    private final NavigableMap<String, Entry> entries = new ConcurrentSkipListMap<>();
    private final Map<String, String> faults = new ConcurrentHashMap<>(); // codes by path
    private volatile List<Fault> directories = List.of(); // that could not be read

    /** @param settled whether its time is old enough to tell that it did not change since it was read */
    private record Entry(Item item, boolean settled) {}

    /** What a comparison found. */
    record Changes(Set<String> changed, Set<String> removed) {}

    ShardFiles(Path root) {
        this.root = root;
    }

    /** Compares with what the disk has. */
    Changes compare(NavigableMap<String, Seen> seen, long nowMillis) {
        var found = new Changes(new TreeSet<>(), new TreeSet<>());
        seen.forEach((path, file) -> {
            if (!isSame(entries.get(path), file)) {
                look(path, file, nowMillis, found);
            }
        });
        for (var path : entries.keySet()) {
            if (!seen.containsKey(path)) {
                entries.remove(path);
                found.removed.add(path);
            }
        }
        faults.keySet().removeIf(path -> !seen.containsKey(path));
        return found;
    }

    /** What of the shard could not be looked into. */
    void missed(List<Fault> unread) {
        directories = List.copyOf(unread);
    }

    private static boolean isSame(@Nullable Entry known, Seen file) {
        return known != null
                && known.settled
                && known.item.bytes() == file.bytes()
                && known.item.modifiedMillis() == file.modifiedMillis();
    }

    private void look(String path, Seen file, long nowMillis, Changes found) {
        if (file.bytes() > SourceText.BYTES_MAX) {
            lose(path, "too_large", found);
            return;
        }
        var content = read(path);
        if (content == null) {
            lose(path, "unreadable", found);
            return;
        }
        faults.remove(path);
        var item = new Item(path, content.length, file.modifiedMillis(), ContentHash.of(content));
        var before = entries.put(path, new Entry(item, file.modifiedMillis() < nowMillis - RACY_MILLIS));
        if (before == null || !before.item.content().equals(item.content())) {
            found.changed.add(path);
        }
    }

    private void lose(String path, String code, Changes found) {
        faults.put(path, code);
        if (entries.remove(path) != null) {
            found.removed.add(path);
        }
    }

    /** A file's content as it is now; null when it cannot be read or has become too large. */
    byte @Nullable [] read(String path) {
        var file = root.resolve(path);
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            var content = in.readNBytes(SourceText.BYTES_MAX + 1);
            return content.length > SourceText.BYTES_MAX ? null : content;
        } catch (IOException | SecurityException e) {
            return null;
        }
    }

    @Nullable
    Item item(String path) {
        var entry = entries.get(path);
        return entry == null ? null : entry.item;
    }

    /** Up to a page of files after a path, in order; empty when there are no more. */
    List<Item> after(String path) {
        return entries.tailMap(path, false).values().stream()
                .limit(Feeds.PAGE_FILES)
                .map(Entry::item)
                .toList();
    }

    List<Fault> faults() {
        var known = directories;
        var some = new ArrayList<>(known.subList(0, Math.min(known.size(), Feeds.FAULTS_MAX)));
        for (var fault : faults.entrySet()) {
            if (some.size() < Feeds.FAULTS_MAX) {
                some.add(new Fault(fault.getKey(), fault.getValue()));
            }
        }
        return some;
    }
}
