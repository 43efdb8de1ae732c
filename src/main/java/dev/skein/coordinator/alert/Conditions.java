package dev.skein.coordinator.alert;

import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.signal.Signals;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Placement;
import dev.skein.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What is wrong right now. Pure. */
public final class Conditions {
    private static final String WARNING = "warning";
    private static final String CRITICAL = "critical";
    private static final Duration SLOW_STORE = Duration.ofSeconds(1);
    private static final Duration SKEW_MAX = Duration.ofSeconds(1);

    /** One thing that is wrong; the id names the rule, a colon and what it is about. */
    public record Condition(String id, String severity, String text) {
        String rule() {
            int colon = id.indexOf(':');
            return colon < 0 ? id : id.substring(0, colon);
        }
    }

    /**
     * What had to be measured.
     *
     * @param storeDelay how long the last write took, or waits already
     * @param skews how far the clock of each node is ahead of the coordinator's
     */
    public record Measured(Duration storeDelay, Map<String, Duration> skews) {
        public static final Measured NOTHING = new Measured(Duration.ZERO, Map.of());
    }

    private Conditions() {}

    /**
     * What can be seen of the cluster.
     *
     * @param pressed ids of groups that are under pressure
     */
    static List<Condition> of(ClusterState state, Fleet fleet, Set<String> pressed, Store.Health store) {
        return Stream.of(ofWorkers(state, fleet), ofGroups(state), ofPressure(state, pressed), ofStore(store))
                .flatMap(conditions -> conditions)
                .toList();
    }

    private static Stream<Condition> ofWorkers(ClusterState state, Fleet fleet) {
        var silent = state.listed()
                .filter(fleet::isSilent)
                .map(worker -> new Condition(
                        "worker-unhealthy:" + worker.id(), CRITICAL, "Worker " + worker.id() + " does not report"));
        boolean anyHealthy =
                state.listed().anyMatch(worker -> fleet.status(state, worker).isHealthy());
        return anyHealthy
                ? silent
                : Stream.concat(silent, Stream.of(new Condition("no-workers", CRITICAL, "No worker is ready")));
    }

    private static Stream<Condition> ofGroups(ClusterState state) {
        return state.groups().values().stream()
                .filter(group -> !group.deleting())
                .flatMap(group -> {
                    long failed = failed(group);
                    return failed == 0 ? Stream.empty() : Stream.of(ofFailed(group, failed));
                });
    }

    private static Condition ofFailed(Group group, long failed) {
        var text = "Group " + group.spec().name() + ": " + failed + " of "
                + group.placements().size() + " placements failed";
        return new Condition("placements-failed:" + group.id(), WARNING, text);
    }

    private static long failed(Group group) {
        long failed = 0;
        for (var placement : group.placements()) {
            failed += placement.status() == Placement.Status.FAILED ? 1 : 0;
        }
        return failed;
    }

    private static Stream<Condition> ofPressure(ClusterState state, Set<String> pressed) {
        return pressed.stream()
                .sorted()
                .map(state.groups()::get)
                .map(group -> new Condition(
                        "pressure-high:" + group.id(),
                        WARNING,
                        "Group " + group.spec().name() + " is under pressure"));
    }

    private static Stream<Condition> ofStore(Store.Health store) {
        return store.writable()
                ? Stream.empty()
                : Stream.of(new Condition("store-not-writable", CRITICAL, "Changes are refused: " + store.reason()));
    }

    /** Nobody led, as others have seen. */
    static Condition leaderless(String text) {
        return new Condition(Absence.ID, CRITICAL, text);
    }

    /** That too much is to be done, or goes wrong. */
    static List<Condition> of(Signals signals) {
        return signals.troubles().stream()
                .map(trouble -> new Condition(trouble.id(), WARNING, trouble.text()))
                .toList();
    }

    /** What shows only by measuring. */
    static List<Condition> of(Measured measured) {
        var slow = measured.storeDelay.compareTo(SLOW_STORE) < 0
                ? Stream.<Condition>empty()
                : Stream.of(new Condition(
                        "store-slow", WARNING, "A write to the store takes " + measured.storeDelay.toMillis() + " ms"));
        var skewed = measured.skews.entrySet().stream()
                .filter(skew -> skew.getValue().abs().compareTo(SKEW_MAX) > 0)
                .map(skew -> new Condition(
                        "clock-skew:" + skew.getKey(),
                        WARNING,
                        "The clock of " + skew.getKey() + " is "
                                + skew.getValue().abs().toMillis() + " ms "
                                + (skew.getValue().isNegative() ? "behind" : "ahead")));
        return Stream.concat(slow, skewed).toList();
    }
}
