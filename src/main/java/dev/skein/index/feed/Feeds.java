package dev.skein.index.feed;

import dev.skein.bus.Endpoint;
import dev.skein.index.source.ContentHash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The questions of a feed: {@link #BEGIN} before a whole round, then {@link #PAGE}, {@link #FRAME} and {@link #END} in
 * any number of rounds, and {@link #EDIT} at any time beside them. Served by each worker for itself. All fail with 409
 * {@code stale_epoch} when the shard was given to another meanwhile, and with 409 {@code feed_unknown} when another
 * router, or another life of the same, feeds it.
 *
 * <p>What a round says of a file and an edit of the same file may overtake each other. Each bears the router's revision
 * from before its content was looked up, and of two the one with the higher revision stays.
 */
public final class Feeds {
    /** Bytes of contents in one frame at most. */
    public static final int FRAME_BYTES = 256 << 10;

    /** Files named in one page at most. */
    public static final int PAGE_FILES = 500;

    /** Faults of files that are kept of one shard. */
    public static final int FAULTS_MAX = 100;

    /** A shard under one assignment; {@code workspace} is an id. */
    public record Ref(String workspace, String root, long epoch) {}

    /** One file as the router last saw it, by its path in the workspace. */
    public record Item(String path, long bytes, long modifiedMillis, ContentHash content) {}

    /**
     * What could not be indexed.
     *
     * @param code {@code unreadable}, {@code too_large} or {@code binary}
     */
    public record Fault(String path, String code) {}

    /**
     * @param router the life of the router
     * @param routerEpoch higher in each life of one router
     * @param directory canonical path of the shard's root, which names its cache file
     * @param digest of all files there are; null to name them by pages in any case
     */
    public record Begin(
            Ref shard,
            String router,
            long routerEpoch,
            String directory,
            @Nullable Digest digest) {}

    /**
     * @param creditBytes how many bytes of contents may be under way at once
     * @param same whether the worker has exactly the files of the digest, so that only {@link #END} has to follow
     */
    public record Begun(int creditBytes, boolean same) {}

    /** Some files that there are, and some that are gone. */
    public record Page(Ref shard, String router, long revision, List<Item> items, List<String> removed) {
        public Page {
            items = List.copyOf(items);
            removed = List.copyOf(removed);
        }
    }

    /** Whose contents are needed. */
    public record Lacking(List<String> paths) {
        public Lacking {
            paths = List.copyOf(paths);
        }
    }

    /**
     * A file's content, or a stretch of a large one; stretches follow each other without gaps.
     *
     * @param content nobody may change it
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Part(Item item, long offset, byte[] content) {
        public boolean isLast() {
            return offset + content.length >= item.bytes();
        }
    }

    /** At most {@link #FRAME_BYTES} of contents. */
    public record Frame(Ref shard, String router, long revision, List<Part> parts) {
        public Frame {
            parts = List.copyOf(parts);
        }
    }

    public record Taken(int files) {}

    /**
     * The shard now holds what the root held at a time.
     *
     * @param whole whether pages named every file, so that all others are gone
     * @param faults of files that the router could not read
     * @param comparedMillis when the root was looked at, in milliseconds since 1970
     * @param revision up to which the shard has all changes of open documents
     */
    public record End(Ref shard, String router, boolean whole, List<Fault> faults, long comparedMillis, long revision) {
        public End {
            faults = List.copyOf(faults);
        }
    }

    public record Ended(int files, long symbols) {}

    /**
     * One file at once, or a stretch of it, beside all rounds.
     *
     * @param path of the file, which the part names too
     * @param part of its content; null when the file is gone
     */
    public record Edit(
            Ref shard,
            String router,
            long revision,
            String path,
            @Nullable Part part) {}

    /** @param applied false when something newer is known already, or more has to come */
    public record Edited(boolean applied) {}

    /** Fails with 409 {@code stale_router} when a later life of the router feeds the shard. */
    public static final Endpoint<Begin, Begun> BEGIN = new Endpoint<>("index.begin.v1", Begin.class, Begun.class);

    /** Fails with 400 {@code path_outside_shard}, and then nothing of it was done. */
    public static final Endpoint<Page, Lacking> PAGE = new Endpoint<>("index.page.v1", Page.class, Lacking.class);

    /** As {@link #PAGE}; fails with 503 when the worker has too much under way. */
    public static final Endpoint<Frame, Taken> FRAME =
            new Endpoint<>("index.frame.v1", Frame.class, Taken.class, List.of(new FramePacking()));

    public static final Endpoint<End, Ended> END = new Endpoint<>("index.end.v1", End.class, Ended.class);

    /** As {@link #FRAME}. */
    public static final Endpoint<Edit, Edited> EDIT =
            new Endpoint<>("index.edit.v1", Edit.class, Edited.class, List.of(new EditPacking()));

    private Feeds() {}
}
