package dev.skein.coordinator.signal;

import dev.skein.job.NodeMemory.View;
import dev.skein.pipeline.Alerts.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Which numbers are too high, and since when. Confined to one event loop; time comes in. */
public final class Signals {
    private static final double MILLIS = 1_000;
    private static final int PERCENT = 100;
    private static final String QUEUE = "alert:queue";
    private static final String MEMORY = "alert:memory:";

    private final SignalConfig config;
    private final Map<String, Instant> since = new HashMap<>();
    private List<Signal> signals = List.of();
    private List<Trouble> troubles = List.of();

    /** What a person should know; the id names the rule, a colon and what it is about. */
    public record Trouble(String id, String text) {}

    public Signals(SignalConfig config) {
        this.config = config;
    }

    /** One look: what is too high in it. */
    private record Look(Set<String> over, Instant now) {}

    /** To be called each second. */
    public void see(Load load, Instant now) {
        var look = new Look(new HashSet<>(), now);
        double response = load.recent().responseMillis() / MILLIS;
        signals = List.of(
                signal("cpu", mean(load, View::cpu), config.cpuAbove(), look),
                signal("memory", mean(load, View::usedShare), config.memoryAbove(), look),
                signal("queue", load.queued(), config.queueAbove(), look),
                signal("response", response, config.responseAbove().toMillis() / MILLIS, look));
        troubles = troubles(load, look);
        since.keySet().retainAll(look.over);
    }

    /** Each number that is watched. */
    public List<Signal> signals() {
        return signals;
    }

    public List<Trouble> troubles() {
        return troubles;
    }

    private Signal signal(String name, double value, double above, Look look) {
        boolean isHeld = holds(name, value > above, look);
        return new Signal(name, value, above, since.get(name), isHeld);
    }

    /** Whether it is so, and has been for long enough. */
    private boolean holds(String name, boolean isOver, Look look) {
        if (!isOver) {
            since.remove(name);
            return false;
        }
        look.over.add(name);
        var begun = since.computeIfAbsent(name, unused -> look.now);
        return !look.now.isBefore(begun.plus(config.hold()));
    }

    private List<Trouble> troubles(Load load, Look look) {
        var limits = config.alerts();
        var found = new ArrayList<Trouble>();
        if (holds(QUEUE, load.queued() > limits.queueAbove(), look)) {
            found.add(new Trouble(
                    "queue-high",
                    load.queued() + " jobs wait, more than " + limits.queueAbove() + ": more workers would help"));
        }
        for (var node : load.nodes()) {
            if (holds(MEMORY + node.node(), node.usedShare() > limits.memoryAbove(), look)) {
                found.add(new Trouble(
                        "memory-high:" + node.node(),
                        "%s uses %d %% of its memory, more than %d %%"
                                .formatted(node.node(), percent(node.usedShare()), percent(limits.memoryAbove()))));
            }
        }
        var recent = load.recent();
        if (recent.ended() >= limits.failuresOf() && recent.failed() > limits.failuresAbove() * recent.ended()) {
            found.add(new Trouble(
                    "job-failures",
                    "%d of the %d jobs that ended within %d minutes failed, more than %d %%"
                            .formatted(
                                    recent.failed(),
                                    recent.ended(),
                                    Endings.WINDOW.toMinutes(),
                                    percent(limits.failuresAbove()))));
        }
        return found;
    }

    private static long percent(double share) {
        return Math.round(share * PERCENT);
    }

    private static double mean(Load load, ToDoubleFunction<View> what) {
        return load.nodes().stream()
                .filter(node -> node.capacityBytes() > 0)
                .mapToDouble(what)
                .filter(value -> value >= 0)
                .average()
                .orElse(0);
    }
}
