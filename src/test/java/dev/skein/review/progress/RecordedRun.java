package dev.skein.review.progress;

import dev.skein.review.progress.Forecast.Claimed;
import dev.skein.review.progress.Forecast.Live;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * A run as it might have been: sizes and durations of tasks lognormal, workers of different speed, each task with a
 * fixed part, and in every third run a worker that dies. Estimates are asked for on the way.
 */
final class RecordedRun {
    private static final double[] ASKED_AT = {0.15, 0.3, 0.45, 0.6, 0.75};

    private final Random random;
    private final Deque<Long> pending = new ArrayDeque<>();
    private final List<Busy> busy = new ArrayList<>();
    private final Pace pace = new Pace();
    private final List<Asked> asked = new ArrayList<>();
    private final double[] speeds; // lines a second; 0 when dead
    private final int tasks;
    private final int diesAt; // after so many tasks; negative for never
    private int done;
    private double now;

    private record Busy(int worker, long lines, double begun, double ends) {}

    private record Asked(double at, Eta eta) {}

    RecordedRun(int seed) {
        random = new Random(seed);
        tasks = 40 + random.nextInt(160);
        speeds = new double[2 + random.nextInt(7)];
        for (int i = 0; i < speeds.length; i++) {
            speeds[i] = 8 * Math.exp(0.4 * random.nextGaussian());
        }
        for (int i = 0; i < tasks; i++) {
            pending.add(Math.max(5, Math.round(300 * Math.exp(0.9 * random.nextGaussian()))));
        }
        diesAt = seed % 3 == 0 ? tasks / 4 : -1;
    }

    /** Of every estimate on the way, whether the true end was in it. */
    List<Boolean> estimates() {
        for (int i = 0; i < speeds.length; i++) {
            claim(i);
        }
        while (!busy.isEmpty()) {
            finish();
        }
        return asked.stream()
                .map(each -> Objects.requireNonNull(each.eta.interval())
                        .contains(Duration.ofMillis(Math.round((now - each.at) * 1_000))))
                .toList();
    }

    private void finish() {
        var next = busy.stream().min(Comparator.comparingDouble(Busy::ends)).orElseThrow();
        busy.remove(next);
        now = next.ends;
        done++;
        pace.measured("w" + next.worker, next.lines, next.ends - next.begun);
        claim(next.worker);
        if (done == diesAt) {
            die();
        }
        for (double share : ASKED_AT) {
            if (done == (int) (share * tasks)) {
                asked.add(new Asked(now, ask()));
            }
        }
    }

    private void claim(int worker) {
        var lines = pending.poll();
        if (lines != null) {
            double takes = (4 + lines / speeds[worker]) * Math.exp(0.5 * random.nextGaussian());
            busy.add(new Busy(worker, lines, now, now + takes));
        }
    }

    /** The first worker goes, and its task comes back. */
    private void die() {
        speeds[0] = 0;
        busy.stream().filter(task -> task.worker == 0).forEach(task -> pending.addFirst(task.lines));
        busy.removeIf(task -> task.worker == 0);
    }

    private Eta ask() {
        List<Live> live = new ArrayList<>();
        for (int i = 0; i < speeds.length; i++) {
            if (speeds[i] > 0) {
                live.add(new Live("w" + i, 1));
            }
        }
        var claimed = busy.stream()
                .map(task -> new Claimed(
                        "w" + task.worker, task.lines, Duration.ofMillis(Math.round((now - task.begun) * 1_000))))
                .toList();
        return new Forecast(pace).eta(List.copyOf(pending), claimed, live);
    }
}
