package dev.skein.coordinator.scaling;

import dev.skein.pipeline.Alerts.Scaling;
import dev.skein.pipeline.Alerts.Signal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How many workers there should be. Pure. */
public final class ScalingAdvice {
    private static final double HUNDREDTHS = 100;
    private static final double GROWTH_MAX = 2;

    private final ScalingConfig policy;
    private final int placements;
    private final int workers;
    private final List<Signal> signals;
    private final Instant now;

    /**
     * The present.
     *
     * @param placements in the whole cluster
     * @param workers ready or busy
     * @param signals of the load with jobs; those that are held ask for more workers whatever pipelines need
     */
    public ScalingAdvice(ScalingConfig policy, int placements, int workers, List<Signal> signals, Instant now) {
        this.policy = policy;
        this.placements = placements;
        this.workers = workers;
        this.signals = List.copyOf(signals);
        this.now = now;
    }

    public Scaling advice() {
        var pipelines = ofPipelines();
        var worst = signals.stream().filter(Signal::held).max(Comparator.comparingDouble(ScalingAdvice::excess));
        if (worst.isEmpty()) {
            return pipelines;
        }
        int more = limited((int) Math.ceil(workers * Math.min(GROWTH_MAX, excess(worst.get()))));
        return more <= Math.max(workers, pipelines.targetWorkers())
                ? to(
                        pipelines.action().equals("scale_down") ? "stable" : pipelines.action(),
                        Math.max(workers, pipelines.targetWorkers()),
                        pipelines.reason() + "; " + words(worst.get()))
                : to("scale_up", more, words(worst.get()));
    }

    /** So that twice what is allowed asks for twice as many, and nothing for more than that at once. */
    private static double excess(Signal signal) {
        return signal.above() > 0 ? signal.value() / signal.above() : GROWTH_MAX;
    }

    private int limited(int wanted) {
        int more = Math.max(workers + 1, wanted);
        return policy.isGiven() ? Math.min(more, policy.workersMax()) : more;
    }

    private static String words(Signal signal) {
        return String.format(Locale.ROOT, "%s is %.2f, above %.2f", signal.name(), signal.value(), signal.above());
    }

    private Scaling ofPipelines() {
        if (!policy.isGiven()) {
            return stable("No scaling policy configured");
        }
        int needed = (int) Math.ceil(placements / policy.up());
        int more = Math.min(needed, policy.workersMax());
        int fewer = Math.max(Math.max(needed, policy.workersMin()), 1);
        if (workers < policy.workersMin()) {
            return to("scale_up", policy.workersMin(), workers + " workers, at least " + policy.workersMin());
        }
        if (average() > policy.up() && more > workers) {
            return to("scale_up", more, words() + ", above " + policy.up());
        }
        if (average() < policy.down() && workers > policy.workersMin() && fewer < workers) {
            return to("scale_down", fewer, words() + ", below " + policy.down());
        }
        return stable(words() + ", nothing to do");
    }

    private double average() {
        return workers == 0 ? placements : (double) placements / workers;
    }

    private String words() {
        return String.format(Locale.ROOT, "%.2f pipelines a worker", average());
    }

    private Scaling stable(String reason) {
        return to("stable", workers, reason);
    }

    private Scaling to(String action, int target, String reason) {
        double rounded = Math.round(average() * HUNDREDTHS) / HUNDREDTHS;
        return new Scaling(action, workers, target, reason, rounded, placements, signals, now);
    }
}
