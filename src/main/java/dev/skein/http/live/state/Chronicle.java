package dev.skein.http.live.state;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest views of one stream, and the frames that lead from any of them to the newest.
 *
 * <p>A frame is encoded when the first viewer needs it and shared by all. Older views share their unchanged parts with
 * newer ones. Thread-safe.
 */
public final class Chronicle {
    /** Version of the frames. */
    public static final int SCHEMA = 1;

    private final String stream;
    private final int viewsMax;
    private final int deltaBytesMax;
    private final Deque<Entry> views = new ArrayDeque<>(); // oldest first, never empty
    private final Map<Long, Frame> deltas = new HashMap<>(); // by the sequence they start from, to the newest view
    private @Nullable Frame snapshot;
    private Instant at;

    private record Entry(long seq, ObjectNode view) {}

    /**
     * A stream that begins with its first view.
     *
     * @param stream names this life of the stream; sequence numbers mean nothing in another
     * @param viewsMax how many views a viewer may be behind before it needs a whole one
     * @param deltaBytesMax a larger delta is replaced by the demand to take a snapshot
     */
    public Chronicle(String stream, int viewsMax, int deltaBytesMax, Instant at) {
        this.stream = stream;
        this.viewsMax = viewsMax;
        this.deltaBytesMax = deltaBytesMax;
        this.at = at;
        views.add(new Entry(1, View.empty()));
    }

    public String stream() {
        return stream;
    }

    public synchronized long seq() {
        return views.getLast().seq;
    }

    /** Names the newest view: equal tags, equal views. */
    public synchronized String tag() {
        return stream + ":" + seq();
    }

    /** The newest view; whoever wants another makes a copy. */
    public synchronized ObjectNode view() {
        return views.getLast().view;
    }

    /** Takes what holds now; the sequence grows only when it differs from what held before. */
    public synchronized void advance(ObjectNode view, Instant at) {
        this.at = at;
        snapshot = null;
        var newest = views.getLast();
        if (newest.view.equals(view)) {
            return;
        }
        views.add(new Entry(newest.seq + 1, MergePatch.sharing(newest.view, view)));
        deltas.clear();
        if (views.size() > viewsMax) {
            views.removeFirst();
        }
    }

    /** Whether a viewer that has this view can be led on by deltas. */
    public synchronized boolean remembers(String stream, long seq) {
        return this.stream.equals(stream) && seq >= views.getFirst().seq && seq <= seq();
    }

    /** The newest view as a whole. */
    public synchronized Frame snapshot() {
        if (snapshot == null) {
            var frame =
                    head("snapshot").put("schema", SCHEMA).put("stream", stream).put("seq", seq());
            frame.put("at", View.inMillis(at));
            frame.setAll(view());
            snapshot = Frame.of(View.encode(frame), seq());
        }
        return snapshot;
    }

    /** What leads from that view to the newest, or the demand to take a snapshot when that is too old or too much. */
    public synchronized Frame delta(long from) {
        return deltas.computeIfAbsent(from, this::encodeDelta);
    }

    private Frame encodeDelta(long from) {
        for (var entry : views) {
            if (entry.seq == from) {
                return encodeDelta(entry);
            }
        }
        return resync("behind");
    }

    private Frame encodeDelta(Entry from) {
        var frame = head("delta").put("from", from.seq).put("seq", seq()).put("at", View.inMillis(at));
        frame.set("patch", MergePatch.between(from.view, view()));
        var encoded = Frame.of(View.encode(frame), seq());
        return encoded.bytes() > deltaBytesMax ? resync("too_large") : encoded;
    }

    private Frame resync(String reason) {
        return Frame.of(View.encode(head("resync").put("reason", reason)), seq());
    }

    /** Nothing new since {@code seq}, which the viewer has. */
    public synchronized Frame ping(long seq) {
        return Frame.of(View.encode(head("ping").put("seq", seq).put("at", View.inMillis(at))), seq);
    }

    private static ObjectNode head(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
