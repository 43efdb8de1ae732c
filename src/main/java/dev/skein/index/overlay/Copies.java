package dev.skein.index.overlay;

import dev.skein.index.overlay.Documents.Copied;
import dev.skein.index.overlay.Documents.Copy;
import dev.skein.index.overlay.TextStore.Text;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What other routers have open, in case they die. Of one workspace only what the latest life of its router sent.
 * Thread-safe; blocks on the disk.
 */
public final class Copies {
    private static final int PAGE_BYTES = 256 << 10; // a page has at least one document

    private final TextStore texts;
    private final Map<String, Book> books = new HashMap<>(); // by id of the workspace; guarded by this

    /** One document of another router. */
    private record Held(String session, long version, long revision, Text text) {}

    /** The documents of one workspace. */
    private static final class Book {
        private final TreeMap<String, Held> held = new TreeMap<>(); // by path
        private long epoch;
    }

    public Copies(TextStore texts) {
        this.texts = texts;
    }

    /** Takes a copy, or that a document is closed; false when something newer is known. */
    public synchronized boolean take(Copy copy) {
        var book = books.computeIfAbsent(copy.workspace(), id -> new Book());
        if (copy.epoch() > book.epoch) {
            drop(book);
            book.epoch = copy.epoch();
        }
        var known = book.held.get(copy.path());
        if (copy.epoch() < book.epoch || known != null && known.revision > copy.revision()) {
            return false;
        }
        book.held.remove(copy.path());
        if (known != null) {
            texts.drop(known.text);
        }
        var text = copy.text();
        if (text != null) {
            var kept = texts.keep(text.getBytes(StandardCharsets.UTF_8), 0);
            book.held.put(copy.path(), new Held(copy.session(), copy.version(), copy.revision(), kept));
        }
        return true;
    }

    /** Some documents after a path, in order; none when there are no more. */
    public synchronized Copied after(String workspace, String path) {
        var book = books.get(workspace);
        var some = new ArrayList<Copy>();
        int bytes = 0;
        if (book != null) {
            for (var each : book.held.tailMap(path, false).entrySet()) {
                var copy = copy(workspace, book.epoch, each.getKey(), each.getValue());
                bytes += each.getValue().text.length();
                if (!some.isEmpty() && bytes > PAGE_BYTES) {
                    break;
                }
                some.add(copy);
            }
        }
        return new Copied(some);
    }

    private Copy copy(String workspace, long epoch, String path, Held held) {
        @Nullable String text;
        try {
            var content = texts.read(held.text);
            text = content == null ? null : new String(content, StandardCharsets.UTF_8);
        } catch (UncheckedIOException lost) {
            text = null; // as if it had been closed
        }
        return new Copy(workspace, epoch, path, held.session, held.version, held.revision, text);
    }

    /** Forgets the documents of all other workspaces. */
    public synchronized void retain(Set<String> workspaces) {
        for (var id : List.copyOf(books.keySet())) {
            if (!workspaces.contains(id)) {
                drop(books.remove(id));
            }
        }
    }

    private void drop(@Nullable Book book) {
        if (book == null) {
            return;
        }
        book.held.values().forEach(each -> texts.drop(each.text));
        book.held.clear();
    }
}
