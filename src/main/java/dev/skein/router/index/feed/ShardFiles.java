package dev.skein.router.index.feed;

import dev.skein.index.feed.Digest;
import dev.skein.index.feed.Feeds;
import dev.skein.index.feed.Feeds.Fault;
import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.overlay.Draft;
import dev.skein.index.overlay.Overlay;
import dev.skein.index.source.ContentHash;
import dev.skein.index.source.SourceText;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.router.index.feed.RootScan.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of one shard: what its files are, by path, with the hashes of their contents. Size and time decide
 * whether a file is read again, but not for one that was changed shortly before it was read. Where a file is open in an
 * editor, its text there counts. Blocks on the disk; thread-safe, but compared by one thread at a time.
 */
public final class ShardFiles {
    private static final long RACY_MILLIS = 2_000;
    private static final long SAVE_MILLIS = 30_000; // at most this often
    private static final long SLACK_MILLIS = 60_000; // from a look at a file until the manifest with it was kept

    private final Path root;
    private final NavigableMap<String, Entry> entries = new ConcurrentSkipListMap<>();
    private final Map<String, String> faults = new ConcurrentHashMap<>(); // codes by path
    private final Set<String> glanced = ConcurrentHashMap.newKeySet(); // looked at since a walk began
    private final Overlay overlay;
    private final Predicate<String> isMine;
    private final ManifestFile kept;
    private boolean unsaved; // used by the thread that compares, as is the next
    private long savedMillis;
    private int untilRecheck; // comparisons, after a load
    private long keptMillis; // when that was kept which was loaded
    private volatile List<Fault> directories = List.of(); // that could not be read

    /** @param settled whether its time is old enough to tell that it did not change since it was read */
    private record Entry(Item item, boolean settled) {}

    /** What a comparison found. */
    public record Changes(Set<String> changed, Set<String> removed) {
        /** All of them. */
        Set<String> paths() {
            var all = new TreeSet<>(changed);
            all.addAll(removed);
            return all;
        }
    }

    /** A file as it counts now; nobody may change its content. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Effective(Item item, byte[] content) {}

    /**
     * @param root of the workspace
     * @param isMine whether a path belongs to the shard
     * @param kept what an earlier life of the router knew, and a later one will
     */
    public ShardFiles(Path root, Overlay overlay, Predicate<String> isMine, ManifestFile kept) {
        this.root = root;
        this.overlay = overlay;
        this.isMine = isMine;
        this.kept = kept;
    }

    /** Begins with what an earlier life knew; size and time decide what of it still counts. */
    public void load() {
        keptMillis = kept.keptMillis();
        kept.load().forEach(item -> entries.put(item.path(), new Entry(item, true)));
        untilRecheck = entries.isEmpty() ? 0 : 2; // the first is waited for
    }

    /** Keeps what later lives may rely on, unless that was done a short while ago. */
    public void saveWhenDue(long nowMillis) {
        if (unsaved && nowMillis - savedMillis > SAVE_MILLIS) {
            save();
            savedMillis = nowMillis;
        }
    }

    /** Keeps what later lives may rely on. */
    public void save() {
        if (unsaved) {
            kept.save(entries.values().stream()
                    .filter(Entry::settled)
                    .map(Entry::item)
                    .toList());
            unsaved = false;
        }
    }

    /** Leaves nothing on disk. */
    public void forget() {
        kept.delete();
    }

    /** A walk begins, after which the disk is compared. */
    public void walk() {
        glanced.clear();
    }

    /** Compares with what a walk found; what was glanced at since it began is left to the next. */
    public Changes compare(NavigableMap<String, Seen> seen, long nowMillis) {
        var found = new Changes(new TreeSet<>(), new TreeSet<>());
        boolean recheck = untilRecheck == 1;
        untilRecheck = Math.max(0, untilRecheck - 1);
        seen.forEach((path, file) -> {
            boolean isSame = isSame(entries.get(path), file) && !(recheck && isRestored(path));
            if (!isSame && !glanced.contains(path)) {
                look(path, file, nowMillis, found);
                unsaved = true;
            }
        });
        for (var path : entries.keySet()) {
            if (!seen.containsKey(path) && !glanced.contains(path)) {
                entries.remove(path);
                found.removed.add(path);
                unsaved = true;
            }
        }
        faults.keySet().removeIf(path -> !seen.containsKey(path));
        return found;
    }

    /** Compares one file at once; whether it changed. */
    public boolean glance(String path, long nowMillis) {
        if (!Files.isDirectory(root)) {
            return false; // an absent disk is no deletion
        }
        glanced.add(path);
        var found = new Changes(new TreeSet<>(), new TreeSet<>());
        try {
            var file = root.resolve(path);
            var is = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            var seen = new Seen(is.size(), is.lastModifiedTime().toMillis());
            if (is.isRegularFile() && hasNoLink(file)) {
                look(path, seen, nowMillis, found);
                return !found.changed.isEmpty() || !found.removed.isEmpty();
            }
        } catch (IOException | InvalidPathException | SecurityException e) {
            faults.remove(path);
        }
        return entries.remove(path) != null;
    }

    /** Whether a walk would have come here. */
    private boolean hasNoLink(Path file) throws IOException {
        return file.toRealPath().equals(root.toRealPath().resolve(root.relativize(file)));
    }

    /** What of the shard could not be looked into. */
    public void missed(List<Fault> unread) {
        directories = List.copyOf(unread);
    }

    private static boolean isSame(@Nullable Entry known, Seen file) {
        return known != null
                && known.settled
                && known.item.bytes() == file.bytes()
                && known.item.modifiedMillis() == file.modifiedMillis();
    }

    /**
     * Whether a file was touched while no router ran, though it has the size and the time that it had: what unpacks an
     * archive or copies may set the time, but not when that was done. Takes as long as the rest of a comparison.
     */
    private boolean isRestored(String path) {
        try {
            var touched = (FileTime) Files.getAttribute(root.resolve(path), "unix:ctime", LinkOption.NOFOLLOW_LINKS);
            return touched.toMillis() > keptMillis - SLACK_MILLIS;
        } catch (IOException | RuntimeException unknown) { // of another system, or gone
            return false;
        }
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

    /** A file's content on disk as it is now; null when it cannot be read or has become too large. */
    private byte @Nullable [] read(String path) {
        try (var in = Files.newInputStream(root.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
            var content = in.readNBytes(SourceText.BYTES_MAX + 1);
            return content.length > SourceText.BYTES_MAX ? null : content;
        } catch (IOException | InvalidPathException | SecurityException e) { // such a name is of another encoding
            return null;
        }
    }

    /** What counts of a file; null when it is neither open nor on disk. */
    @Nullable
    Item item(String path) {
        var draft = overlay.find(path);
        var entry = entries.get(path);
        return draft != null ? item(path, draft) : entry == null ? null : entry.item;
    }

    private static Item item(String path, Draft draft) {
        return new Item(path, draft.text().length(), 0, draft.content());
    }

    /**
     * What counts of a file, with its content as it is now; null when there is none that can be read. What is found
     * takes the place of what was compared, so that the next comparison tells what it finds then. Fails while the root
     * is gone.
     */
    @Nullable
    Effective effective(String path) {
        var opened = overlay.read(path);
        if (opened != null) {
            return new Effective(item(path, opened.draft()), opened.content());
        }
        var entry = entries.get(path);
        return entry == null ? null : effective(path, entry);
    }

    private @Nullable Effective effective(String path, Entry compared) {
        var content = read(path);
        if (content == null) {
            if (!Files.isDirectory(root)) {
                throw new Problem(Kind.UNREACHABLE, "root_away", "the root is no directory at present", List.of());
            }
            entries.remove(path, compared);
            return null;
        }
        var item = new Item(path, content.length, compared.item.modifiedMillis(), ContentHash.of(content));
        if (!item.content().equals(compared.item.content())) {
            entries.replace(path, compared, new Entry(item, false));
        }
        return new Effective(item, content);
    }

    /** Up to a page of files after a path, in order; empty when there are no more. */
    List<Item> after(String path) {
        var page = new TreeMap<String, Item>();
        for (var entry : entries.tailMap(path, false).entrySet()) {
            if (page.size() == Feeds.PAGE_FILES) {
                break;
            }
            page.put(entry.getKey(), entry.getValue().item);
        }
        overlay.after(path, Feeds.PAGE_FILES, isMine).forEach((open, draft) -> page.put(open, item(open, draft)));
        return page.values().stream().limit(Feeds.PAGE_FILES).toList();
    }

    /** Of all files that count now. */
    Digest digest() {
        var sum = new Digest.Sum();
        for (var page = after("");
                !page.isEmpty();
                page = after(page.get(page.size() - 1).path())) {
            page.forEach(sum::add);
        }
        return sum.digest();
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
