package dev.skein.worker;

import dev.skein.kernel.Ids;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.packing.Pages;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Results too heavy for one message, kept until whoever delivered has fetched them page by page. What nobody fetches
 * for {@value #KEPT_MILLIS} ms is given up. How much this can be is bounded by the credits of those who deliver.
 * Thread-safe.
 */
final class ReplyPages {
    static final long KEPT_MILLIS = 30_000;

    private static final int ID_BYTES = 8;

    private record Kept(List<List<Result>> pages, int next, long sinceMillis) {}

    private final InstantSource clock;
    private final Map<String, Kept> rests = new HashMap<>(); // guarded by this

    ReplyPages(InstantSource clock) {
        this.clock = clock;
    }

    /** The first page; the rest is kept. */
    Delivered first(List<Result> results) {
        var pages = Pages.split(results, Pages.PAGE_BYTES_MAX);
        return pages.size() == 1 ? new Delivered(results) : page(Ids.hex(ID_BYTES), pages, 0);
    }

    /** The page after the one that named {@code rest}; fails with 404 when it is gone. */
    Delivered next(String rest) {
        Kept kept;
        synchronized (this) {
            kept = rests.remove(rest);
        }
        if (kept == null) {
            throw Problem.notFound("not_found", "the rest of these results is gone");
        }
        return page(rest, kept.pages, kept.next);
    }

    private Delivered page(String rest, List<List<Result>> pages, int index) {
        @Nullable String following = null;
        if (index + 1 < pages.size()) {
            following = rest;
            synchronized (this) {
                rests.put(rest, new Kept(pages, index + 1, clock.millis()));
            }
        }
        return new Delivered(pages.get(index), following);
    }

    /** Gives up what nobody came for. */
    synchronized void sweep() {
        long oldest = clock.millis() - KEPT_MILLIS;
        rests.values().removeIf(kept -> kept.sinceMillis < oldest);
    }
}
