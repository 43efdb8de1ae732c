package dev.skein.index.overlay;

import dev.skein.index.source.ContentHash;
import dev.skein.index.source.SourceText;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open documents of one workspace. A session that is not heard of for a while loses its documents. Thread-safe;
 * blocks on the disk.
 */
public final class Overlay {
    /** Open documents of one workspace at most. */
    public static final int DOCUMENTS_MAX = 10_000;

    /** Sessions of one workspace at most. */
    public static final int SESSIONS_MAX = 200;

    private static final Logger log = LoggerFactory.getLogger(Overlay.class);

    private final TextStore texts;
    private final ToLongFunction<String> changes;
    private final NavigableMap<String, Draft> drafts = new TreeMap<>(); // by path; guarded by this, as is the rest
    private final Map<String, Long> sessions = new HashMap<>(); // when each was last heard of
    private long refused;

    /** Whether anything was done, and under which revision; 0 where nothing is known about the document. */
    public record Change(long revision, boolean changed) {}

    /** One text of an editor; nobody may change its content. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Edit(String path, String session, long version, byte[] content) {}

    /** A document with its bytes, which nobody may change. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Opened(Draft draft, byte[] content) {}

    /** @param changes notes that a path's document changes, and gives the revision */
    public Overlay(TextStore texts, ToLongFunction<String> changes) {
        this.texts = texts;
        this.changes = changes;
    }

    /**
     * Opens or changes a document; an edit without a change keeps the revision. Fails with 409 {@code version_behind}
     * or {@code document_open}, and when a bound is reached.
     *
     * @param nowMillis of any clock that is the same for all calls
     */
    public Change put(Edit edit, long nowMillis) {
        if (edit.content.length > SourceText.BYTES_MAX) {
            throw new Problem(
                    Kind.TOO_LARGE, "a document has at most %d bytes in UTF-8".formatted(SourceText.BYTES_MAX));
        }
        var hash = ContentHash.of(edit.content); // the costly part, before anybody has to wait
        return put(edit, hash, nowMillis);
    }

    private synchronized Change put(Edit edit, ContentHash hash, long nowMillis) {
        var known = drafts.get(edit.path);
        if (known == null) {
            requireRoom(edit.session);
        } else if (!known.session().equals(edit.session)) {
            throw Problem.conflict("document_open", "another session has that document open");
        } else if (edit.version <= known.version()) {
            return again(known, edit, hash, nowMillis);
        }
        var text = texts.keep(edit.content, known == null ? 0 : known.text().length());
        sessions.put(edit.session, nowMillis);
        if (known != null) {
            texts.drop(known.text());
            if (known.content().equals(hash)) {
                drafts.put(edit.path, new Draft(edit.session, edit.version, known.revision(), hash, text));
                return new Change(known.revision(), false);
            }
        }
        long revision = changes.applyAsLong(edit.path);
        drafts.put(edit.path, new Draft(edit.session, edit.version, revision, hash, text));
        return new Change(revision, true);
    }

    /** The same once more is no fault: somebody has not heard the first answer. */
    private Change again(Draft known, Edit edit, ContentHash hash, long nowMillis) {
        if (edit.version == known.version() && hash.equals(known.content())) {
            sessions.put(edit.session, nowMillis);
            return new Change(known.revision(), false);
        }
        refused++;
        throw Problem.conflict(
                "version_behind",
                "the document has version %d already, got %d".formatted(known.version(), edit.version));
    }

    private void requireRoom(String session) {
        boolean isFull = drafts.size() >= DOCUMENTS_MAX;
        if (isFull || sessions.size() >= SESSIONS_MAX && !sessions.containsKey(session)) {
            var what = isFull ? DOCUMENTS_MAX + " open documents" : SESSIONS_MAX + " sessions";
            throw new Problem(Kind.LIMITED, "overlay_full", "a workspace has at most " + what, List.of());
        }
    }

    /** Closes a document, so that the disk counts again; nothing is changed when the session has it not open. */
    public synchronized Change close(String path, String session) {
        var known = drafts.get(path);
        if (known == null || !known.session().equals(session)) {
            return new Change(0, false);
        }
        return remove(path, known);
    }

    private Change remove(String path, Draft known) {
        drafts.remove(path);
        texts.drop(known.text());
        return new Change(changes.applyAsLong(path), true);
    }

    /** Gives an open document another path; nothing is changed when there is none or the other is open too. */
    public synchronized Change move(String from, String to, String session) {
        var known = drafts.get(from);
        if (known == null || !known.session().equals(session) || drafts.containsKey(to)) {
            return new Change(0, false);
        }
        drafts.remove(from);
        long revision = Math.max(changes.applyAsLong(from), changes.applyAsLong(to));
        drafts.put(to, new Draft(session, known.version(), revision, known.content(), known.text()));
        return new Change(revision, true);
    }

    /** Notes that a session is alive. */
    public synchronized void renew(String session, long nowMillis) {
        sessions.computeIfPresent(session, (key, before) -> nowMillis);
    }

    /** Closes what belongs to sessions not heard of since; returns the paths. */
    public synchronized List<String> expire(long sinceMillis) {
        var gone = new ArrayList<String>();
        sessions.values().removeIf(heard -> heard < sinceMillis);
        for (var each : List.copyOf(drafts.entrySet())) {
            if (!sessions.containsKey(each.getValue().session())) {
                remove(each.getKey(), each.getValue());
                gone.add(each.getKey());
            }
        }
        return gone;
    }

    /** Closes everything. */
    public synchronized void clear() {
        List.copyOf(drafts.entrySet()).forEach(each -> remove(each.getKey(), each.getValue()));
        sessions.clear();
    }

    public synchronized @Nullable Draft find(String path) {
        return drafts.get(path);
    }

    /** Up to {@code limit} of the wanted documents after a path, in order. */
    public synchronized NavigableMap<String, Draft> after(String path, int limit, Predicate<String> wanted) {
        var some = new TreeMap<String, Draft>();
        for (var each : drafts.tailMap(path, false).entrySet()) {
            if (some.size() == limit) {
                break;
            }
            if (wanted.test(each.getKey())) {
                some.put(each.getKey(), each.getValue());
            }
        }
        return some;
    }

    /** A document as it is now; null when it is not open. One that cannot be read back is closed. */
    public synchronized @Nullable Opened read(String path) {
        var known = drafts.get(path);
        if (known == null) {
            return null;
        }
        try {
            var content = texts.read(known.text());
            return content == null ? null : new Opened(known, content);
        } catch (UncheckedIOException e) {
            log.warn("an unsaved text is lost and its document closed: {}", String.valueOf(e.getCause()));
            remove(path, known);
            return null;
        }
    }

    public synchronized int size() {
        return drafts.size();
    }

    /** How many texts came with a version that had passed. */
    public synchronized long refused() {
        return refused;
    }
}
