package dev.skein.coordinator.review.watch;

import dev.skein.pipeline.Observation.ReviewView;
import dev.skein.review.run.Reviews.View;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The newest runs as they were when they were last looked at. Ended ones are counted once, so that a look costs as much
 * as what still runs; while nobody watches, there is a look only when a run has ended. Confined to the coordinator's
 * event loop.
 */
public final class Board {
    /** Runs that are shown at most. */
    public static final int RUNS_MAX = 20;

    private static final int UNWATCHED_MAX = 10; // looks
    private static final long PATIENCE_MILLIS = 500;

    private final Function<Map<String, View>, Future<List<View>>> newest;
    private final Set<String> changed = new HashSet<>(); // runs that are to be counted again
    private Map<String, View> ended = Map.of();
    private int generation; // how often all was marked
    private Map<String, ReviewView> shown = Map.of();
    private int unwatched; // looks since somebody watched
    private Future<?> upToDate = Future.succeededFuture();

    /** @param newest at most {@link #RUNS_MAX}, for which those that have ended and are known need not be counted */
    public Board(Function<Map<String, View>, Future<List<View>>> newest) {
        this.newest = newest;
    }

    /** Somebody is about to see what is shown; completes, always well and soon, when that is up to date. */
    public Future<?> watched() {
        boolean isOld = unwatched > UNWATCHED_MAX;
        unwatched = 0;
        upToDate =
                isOld ? newest().timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).otherwiseEmpty() : upToDate;
        return upToDate;
    }

    /** So many runs have ended, which are to be looked at though nobody watches. */
    public void ended(int runs) {
        unwatched = runs == 0 ? unwatched : 0;
    }

    /** By id. */
    public Map<String, ReviewView> shown() {
        return shown;
    }

    /** What is known of this run is not to be trusted any more. */
    public void changed(String run) {
        changed.add(run);
    }

    /** Nor what is known of any. */
    public void changed() {
        changed.addAll(ended.keySet());
        generation++;
    }

    /** Runs that have ended and need not be counted again, by id. */
    public Map<String, View> counted() {
        var known = new HashMap<>(ended);
        known.keySet().removeAll(changed);
        return known;
    }

    /** Looks again if that is of use to anybody. */
    public Future<?> look() {
        return ++unwatched > UNWATCHED_MAX ? Future.succeededFuture() : newest();
    }

    private Future<?> newest() {
        var known = counted();
        changed.clear();
        ended = known;
        int begun = generation;
        return newest.apply(known).onSuccess(runs -> show(runs, begun));
    }

    /** What was marked while it was looked at may have been counted before. */
    private void show(List<View> runs, int begun) {
        var still = new HashMap<String, View>();
        var views = new TreeMap<String, ReviewView>();
        for (var run : runs) {
            if (run.finishedMillis() != null) {
                still.put(run.id(), run);
            }
            views.put(run.id(), view(run));
        }
        ended = begun == generation ? still : Map.of();
        shown = views;
    }

    private static ReviewView view(View run) {
        return new ReviewView(
                run.id(),
                run.name(),
                run.state(),
                new TreeMap<>(run.tasks()),
                run.lines(),
                run.reviewed(),
                new TreeMap<>(run.findings()),
                run.suppressed(),
                Instant.ofEpochMilli(run.createdMillis()),
                instant(run.finishedMillis()));
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
