package dev.skein.index.feed;

import dev.skein.bus.Endpoint;
import dev.skein.index.feed.Feeds.Part;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.source.ContentHash;
import java.util.List;

/**
 * How another worker gets a copy of what the owner of a shard has on disk: it asks for one stretch after the other, so
 * that no more than one is ever on its way. Served by each worker for itself. All fail with 409 {@code feed_unknown}
 * when the shard is not there under that epoch.
 */
public final class Spares {
    /** Contents asked for at once at most. */
    public static final int CONTENTS = 1_000;

    /**
     * @param holder id of the worker that asks
     * @param heldMillis when that was written which it has whole; 0 for nothing
     */
    public record AskKept(Ref shard, String holder, long heldMillis) {}

    /**
     * What the owner has on disk.
     *
     * @param writtenMillis 0 while there is nothing
     * @param parts bytes of each part of its symbols
     */
    public record Kept(long writtenMillis, List<Long> parts) {
        public Kept {
            parts = List.copyOf(parts);
        }
    }

    /** Fails with 409 {@code spare_moved} when something newer was written. */
    public record AskPart(Ref shard, long writtenMillis, int part, long offset) {}

    /** Contents of files; {@code offset} in the first of them. */
    public record AskTexts(Ref shard, List<ContentHash> contents, long offset) {
        public AskTexts {
            contents = List.copyOf(contents);
        }
    }

    /**
     * At most {@link Feeds#FRAME_BYTES} bytes, in the order that was asked for. What is not there is left out. Items
     * have no path; where a part of symbols is meant, no content hash either.
     */
    public record Stretches(List<Part> parts) {
        public Stretches {
            parts = List.copyOf(parts);
        }
    }

    public static final Endpoint<AskKept, Kept> KEPT = new Endpoint<>("index.kept.v1", AskKept.class, Kept.class);

    public static final Endpoint<AskPart, Stretches> PART =
            new Endpoint<>("index.kept-part.v1", AskPart.class, Stretches.class, List.of(new StretchPacking()));

    public static final Endpoint<AskTexts, Stretches> TEXTS =
            new Endpoint<>("index.kept-texts.v1", AskTexts.class, Stretches.class, List.of(new StretchPacking()));

    private Spares() {}
}
