package dev.skein.review.progress;

import dev.skein.review.progress.Eta.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** Tells from the pace of the workers when the tasks that are left will be done. Pure. */
public final class Forecast {
    /*
     * The rest of the run is played through many times: tasks go to the worker that is free first, each takes what is
     * expected of it, more or less as tasks have been off so far, and each worker is faster or slower than its
     * average by what the average may be off. Of very many tasks some are played as one, so that the cost has a bound.
     * The middle of the ends is the estimate, their first and last tenth the interval, made wider by what no past
     * tells: workers that come and go, and code that is unlike the code before.
     */
    private static final int GAMES = 200;

    private static final double WIDER = 1.35;
    private static final int TASKS_MAX = 400; // of one game; more are played together
    private static final int TRIES_MAX = 4;
    private static final double LATE = 0.3; // of its expectation, what a task takes that is far over it
    private static final long SEED = 6;

    private final Pace pace;

    public Forecast(Pace pace) {
        this.pace = pace;
    }

    /**
     * A worker that may be given tasks; one whose lease ran out is none.
     *
     * @param slots tasks it does at once, at least 1
     */
    public record Live(String worker, int slots) {}

    /** @param elapsed since it was claimed */
    public record Claimed(String worker, long lines, Duration elapsed) {}

    /**
     * When all is done.
     *
     * @param pending lines of the tasks that nobody has, in the order they will be claimed
     * @param claimed tasks in progress; those of workers that are not among {@code live} will be done again
     */
    public Eta eta(List<Long> pending, List<Claimed> claimed, List<Live> live) {
        if (pending.isEmpty() && claimed.isEmpty()) {
            var now = new Interval(Duration.ZERO, Duration.ZERO, Duration.ZERO);
            return new Eta(now, live.size(), pace.measured(), "done");
        }
        if (live.isEmpty()) {
            return Eta.unknown("unknown: no live worker", 0, pace.measured());
        }
        if (pace.measured() == 0) {
            return Eta.unknown("unknown: no task measured yet", live.size(), 0);
        }
        var names = live.stream().map(Live::worker).toList();
        var held =
                claimed.stream().filter(task -> names.contains(task.worker())).toList();
        List<Long> open = new ArrayList<>();
        claimed.stream().filter(task -> !names.contains(task.worker())).forEach(task -> open.add(task.lines()));
        open.addAll(pending);
        return Eta.of(interval(rest(together(open), held, live)), live.size(), pace.measured());
    }

    /** @param expected seconds of one bundle, by place of the worker and of the bundle */
    private record Rest(List<Bundle> open, List<Claimed> held, List<Live> live, double[][] expected) {}

    private Rest rest(List<Bundle> open, List<Claimed> held, List<Live> live) {
        var expected = new double[live.size()][open.size()];
        for (int i = 0; i < expected.length; i++) {
            for (int k = 0; k < open.size(); k++) {
                var bundle = open.get(k);
                expected[i][k] = bundle.tasks * pace.expected(live.get(i).worker(), bundle.lines);
            }
        }
        return new Rest(open, held, live, expected);
    }

    /**
     * Tasks of like size that a game plays as one.
     *
     * @param spread of what all of them take, as the deviation of logarithms
     */
    private record Bundle(long lines, int tasks, double spread) {}

    private List<Bundle> together(List<Long> open) {
        int each = (open.size() + TASKS_MAX - 1) / TASKS_MAX;
        List<Bundle> bundles = new ArrayList<>();
        for (int i = 0; i < open.size(); i += Math.max(1, each)) {
            var part = open.subList(i, Math.min(open.size(), i + each));
            long lines = part.stream().mapToLong(Long::longValue).sum();
            bundles.add(new Bundle(lines / part.size(), part.size(), spread(part.size())));
        }
        return bundles;
    }

    /** A sum of lognormals, taken to be one itself with the mean and the variance that it has. */
    private double spread(int tasks) {
        double spread = pace.spread();
        return tasks == 1 ? spread : Math.sqrt(Math.log1p(Math.expm1(spread * spread) / tasks));
    }

    private Interval interval(Rest rest) {
        var random = new Random(SEED);
        var ends = new double[GAMES];
        for (int i = 0; i < GAMES; i++) {
            ends[i] = new Game(random, rest).end();
        }
        Arrays.sort(ends);
        double likely = ends[GAMES / 2];
        double early = likely * Math.pow(ends[GAMES / 10] / likely, WIDER);
        double late = likely * Math.pow(ends[GAMES - GAMES / 10] / likely, WIDER);
        return new Interval(seconds(likely), seconds(early), seconds(late));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    /** One way in which the rest may go. */
    private final class Game {
        private final Random random;
        private final Rest rest;
        private final PriorityQueue<Slot> slots = new PriorityQueue<>();
        private double last;

        private record Slot(double free, int worker, double factor) implements Comparable<Slot> {
            @Override
            public int compareTo(Slot other) {
                return Double.compare(free, other.free);
            }
        }

        Game(Random random, Rest rest) {
            this.random = random;
            this.rest = rest;
        }

        double end() {
            for (int worker = 0; worker < rest.live.size(); worker++) {
                var live = rest.live.get(worker);
                double factor = Math.exp(random.nextGaussian() * pace.doubt(live.worker()));
                var held = rest.held.stream()
                        .filter(task -> task.worker().equals(live.worker()))
                        .toList();
                int slotsOf = Math.max(live.slots(), held.size());
                for (int i = 0; i < slotsOf; i++) {
                    double free = i < held.size() ? left(held.get(i), factor) : 0;
                    add(new Slot(free, worker, factor));
                }
            }
            for (int i = 0; i < rest.open.size(); i++) {
                play(i);
            }
            return Math.max(last, 1e-3);
        }

        private void play(int bundle) {
            var slot = slots.remove();
            double expected = rest.expected[slot.worker][bundle] * slot.factor;
            double takes = drawn(expected, rest.open.get(bundle).spread);
            add(new Slot(slot.free + takes, slot.worker, slot.factor));
        }

        private void add(Slot slot) {
            slots.add(slot);
            last = Math.max(last, slot.free);
        }

        /** What a task still takes, given that it is not done yet. */
        private double left(Claimed task, double factor) {
            double elapsed = task.elapsed().toMillis() / 1e3;
            double expected = pace.expected(task.worker(), task.lines()) * factor;
            for (int i = 0; i < TRIES_MAX; i++) {
                double takes = drawn(expected, pace.spread());
                if (takes > elapsed) {
                    return takes - elapsed;
                }
            }
            return expected * LATE;
        }

        /** Lognormal around the expectation, which stays the mean. */
        private double drawn(double expected, double spread) {
            return expected * Math.exp(spread * random.nextGaussian() - spread * spread / 2);
        }
    }
}
