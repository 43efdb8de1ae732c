package dev.skein.coordinator.scaling;

import dev.skein.pipeline.Alerts.Scaling;
import java.time.Instant;
import java.util.Locale;

/** How many workers there should be. Pure. */
public final class ScalingAdvice {
    private static final double HUNDREDTHS = 100;

    private final ScalingConfig policy;
    private final int placements;
    private final int workers;
    private final Instant now;

    /**
     * The present.
     *
     * @param placements in the whole cluster
     * @param workers ready or busy
     */
    public ScalingAdvice(ScalingConfig policy, int placements, int workers, Instant now) {
        this.policy = policy;
        this.placements = placements;
        this.workers = workers;
        this.now = now;
    }

    public Scaling advice() {
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
        return new Scaling(action, workers, target, reason, rounded, placements, now);
    }
}
