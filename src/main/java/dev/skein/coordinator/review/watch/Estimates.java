package dev.skein.coordinator.review.watch;

import dev.skein.coordinator.review.rows.RunRows;
import dev.skein.coordinator.review.rows.WatchRows;
import dev.skein.coordinator.review.rows.WatchRows.Measured;
import dev.skein.coordinator.review.rows.WatchRows.Waiting;
import dev.skein.review.progress.Forecast;
import dev.skein.review.progress.Forecast.Claimed;
import dev.skein.review.progress.Forecast.Live;
import dev.skein.review.progress.Pace;
import dev.skein.review.run.ReviewDetails.Estimate;
import dev.skein.review.run.Reviews.Task;
import dev.skein.store.Store;
import dev.skein.store.Transaction;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** When runs will end, by what was measured of their tasks lately; of those that wait only sums are read. */
public final class Estimates {
    private static final int MEASURED_MAX = 1_000;
    private static final int RUNNING_MAX = 1_000;

    private final Vertx vertx;
    private final Store store;
    private final InstantSource clock;

    public Estimates(Vertx vertx, Store store, InstantSource clock) {
        this.vertx = vertx;
        this.store = store;
        this.clock = clock;
    }

    public Future<Estimate> estimate(String run) {
        long now = clock.millis();
        return store.read(tx -> Known.of(tx, run)).compose(known -> vertx.executeBlocking(() -> known.at(now), false));
    }

    /** What is read of a run; the rest is computed where nobody waits to read. */
    private record Known(List<Task> running, List<Measured> measured, List<Waiting> waiting) {
        static Known of(Transaction tx, String run) throws SQLException {
            RunRows.known(tx, run);
            return new Known(
                    WatchRows.running(tx, run, RUNNING_MAX),
                    WatchRows.measured(tx, run, MEASURED_MAX),
                    WatchRows.waiting(tx, run));
        }

        Estimate at(long now) {
            var forecast = new Forecast(pace(measured));
            return Estimate.of(forecast.eta(lines(waiting), claimed(running, now), live(running)));
        }
    }

    static Pace pace(List<Measured> latestFirst) {
        var pace = new Pace();
        for (int i = latestFirst.size() - 1; i >= 0; i--) {
            var task = latestFirst.get(i);
            pace.measured(task.worker(), task.lines(), task.millis() / 1e3);
        }
        return pace;
    }

    private static String name(Task task) {
        return String.valueOf(task.worker());
    }

    /** Of each task; those of one urgency are taken to be mixed evenly. */
    private static List<Long> lines(List<Waiting> groups) {
        record Place(double at, long lines) {}
        var places = new ArrayList<Place>();
        for (var group : groups) {
            for (int i = 0; i < group.tasks(); i++) {
                places.add(new Place(group.priority() + (i + 0.5) / group.tasks(), group.lines() / group.tasks()));
            }
        }
        places.sort(Comparator.comparingDouble(Place::at));
        return places.stream().map(Place::lines).toList();
    }

    private static List<Claimed> claimed(List<Task> running, long now) {
        return running.stream()
                .map(task -> new Claimed(name(task), task.lines(), elapsed(task, now)))
                .toList();
    }

    private static Duration elapsed(Task task, long now) {
        var began = task.startedMillis();
        return Duration.ofMillis(began == null ? 0 : Math.max(0, now - began));
    }

    /** Who has a task lives: its lease is renewed. */
    private static List<Live> live(List<Task> running) {
        var slots = new TreeMap<String, Integer>();
        running.forEach(task -> slots.merge(name(task), 1, Integer::sum));
        return slots.entrySet().stream()
                .map(each -> new Live(each.getKey(), each.getValue()))
                .toList();
    }
}
