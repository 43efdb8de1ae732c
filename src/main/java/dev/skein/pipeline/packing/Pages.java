package dev.skein.pipeline.packing;

import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Forwarded;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventError;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts results too heavy for one message into pages and puts them together again.
 *
 * <p>A cut always runs through a result, maybe at its end: the first result of a page goes on with the last one of the
 * page before. What a result says besides its outputs is in its first part.
 */
public final class Pages {
    /** Heaviest page, in bytes by {@link Weight}; a single event may be heavier. */
    public static final int PAGE_BYTES_MAX = 2 << 20;

    private final long bytesMax;
    private final List<List<Result>> pages = new ArrayList<>();
    private List<Result> page = new ArrayList<>();
    private long weight;

    private Pages(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** The pages in order, at least one. */
    public static List<List<Result>> split(List<Result> results, long bytesMax) {
        if (weight(results) <= bytesMax) {
            return List.of(results);
        }
        var pages = new Pages(bytesMax);
        results.forEach(pages::add);
        pages.pages.add(pages.page);
        return pages.pages;
    }

    private static long weight(List<Result> results) {
        long weight = 0;
        for (var result : results) {
            weight += Weight.of(result.outputs());
        }
        return weight;
    }

    private void add(Result result) {
        var outputs = result.outputs();
        var errors = result.errors();
        var forwarded = result.forwarded();
        int from = 0;
        for (int i = 0; i < outputs.size(); i++) {
            int next = Weight.of(outputs.get(i));
            if (weight > 0 && weight + next > bytesMax) {
                part(outputs.subList(from, i), result.outputCount(), errors, forwarded);
                pages.add(page);
                page = new ArrayList<>();
                weight = 0;
                from = i;
                errors = List.<EventError>of();
                forwarded = List.<Forwarded>of();
            }
            weight += next;
        }
        part(outputs.subList(from, outputs.size()), result.outputCount(), errors, forwarded);
    }

    private void part(List<Event> outputs, long count, List<EventError> errors, List<Forwarded> forwarded) {
        page.add(new Result(outputs, count, errors, forwarded));
    }

    /** What was split, whole again. */
    public static Delivered join(List<Delivered> pages) {
        if (pages.size() == 1) {
            return pages.get(0);
        }
        var whole = new ArrayList<Result>();
        for (var page : pages) {
            var results = page.results();
            if (!whole.isEmpty() && !results.isEmpty()) {
                whole.set(whole.size() - 1, joined(whole.get(whole.size() - 1), results.get(0)));
                results = results.subList(1, results.size());
            }
            whole.addAll(results);
        }
        return new Delivered(whole, null);
    }

    private static Result joined(Result first, Result second) {
        var outputs =
                new ArrayList<Event>(first.outputs().size() + second.outputs().size());
        outputs.addAll(first.outputs());
        outputs.addAll(second.outputs());
        return new Result(outputs, first.outputCount(), first.errors(), first.forwarded());
    }
}
