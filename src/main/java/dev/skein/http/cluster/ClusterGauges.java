package dev.skein.http.cluster;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.skein.pipeline.Alerts;
import dev.skein.pipeline.Groups;
import dev.skein.pipeline.Groups.Placement;
import dev.skein.pipeline.Observation;
import dev.skein.pipeline.Workers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many workers, groups and placements are in which state, asked for when somebody looks and at most once a second.
 * Without a coordinator the last counts stay, but nobody is shown as leader. Thread-safe.
 */
public final class ClusterGauges {
    private static final int PAGE = 1_000;
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Coordinator coordinator;
    private final InstantSource steady;
    private final MultiGauge workers;
    private final MultiGauge groups;
    private final MultiGauge placements;
    private final MultiGauge alerts;
    private final AtomicInteger targetWorkers;
    private final MultiGauge signals;
    private final MultiGauge leader;
    private final MultiGauge epoch;
    private Instant freshUntil = Instant.MIN; // guarded by this

    public ClusterGauges(Coordinator coordinator, InstantSource steady, MeterRegistry registry) {
        this.coordinator = coordinator;
        this.steady = steady;
        this.workers = MultiGauge.builder("skein.cluster.workers").register(registry);
        this.groups = MultiGauge.builder("skein.cluster.pipeline.groups").register(registry);
        this.placements = MultiGauge.builder("skein.cluster.placements").register(registry);
        this.alerts = MultiGauge.builder("skein.cluster.alerts").register(registry);
        this.targetWorkers = new AtomicInteger();
        Gauge.builder("skein.cluster.scaling.target.workers", targetWorkers, AtomicInteger::get)
                .register(registry);
        this.signals = MultiGauge.builder("skein.cluster.scaling.signal")
                .description("What scaling goes by: shares of cpu and memory, jobs that wait, seconds of response")
                .register(registry);
        this.leader = MultiGauge.builder("skein.cluster.leader").register(registry);
        this.epoch = MultiGauge.builder("skein.cluster.epoch").register(registry);
    }

    /** Completes when the counts are at most a second old or cannot be had; never fails. */
    public Future<Void> refresh() {
        if (!isDue()) {
            return Future.succeededFuture();
        }
        return Future.join(
                        seeLeader(), countWorkers(), countGroups(0, new ArrayList<>()), countAlerts(), adviseScaling())
                .<Void>mapEmpty()
                .recover(unknown -> Future.succeededFuture());
    }

    private synchronized boolean isDue() {
        var now = steady.instant();
        boolean isDue = !now.isBefore(freshUntil);
        freshUntil = isDue ? now.plus(FRESH) : freshUntil;
        return isDue;
    }

    /** Who leads is a label; without a leader there is no row, so that its absence can raise an alarm. */
    private Future<Void> seeLeader() {
        return coordinator
                .read(Observation.LEADER, new Observation.Ask())
                .onSuccess(by -> {
                    leader.register(List.of(MultiGauge.Row.of(Tags.of("node", by.node()), 1)), true);
                    epoch.register(List.of(MultiGauge.Row.of(Tags.empty(), by.epoch())), true);
                })
                .onFailure(unknown -> leader.register(List.of(), true))
                .mapEmpty();
    }

    private Future<Void> countWorkers() {
        return coordinator
                .read(Workers.LIST, new Workers.ListAll(PAGE, 0))
                .onSuccess(found -> show(workers, found.workers().stream(), Workers.View::status))
                .mapEmpty();
    }

    private Future<Void> countGroups(int offset, List<Groups.View> seen) {
        return coordinator.read(Groups.LIST, new Groups.ListAll(PAGE, offset)).compose(found -> {
            seen.addAll(found.pipelineGroups());
            boolean isLast = found.pipelineGroups().size() < PAGE;
            return isLast ? Future.succeededFuture(show(seen)) : countGroups(offset + PAGE, seen);
        });
    }

    private @Nullable Void show(List<Groups.View> all) {
        show(groups, all.stream(), Groups.View::status);
        show(placements, all.stream().flatMap(group -> group.placements().stream()), Placement::status);
        return null;
    }

    private Future<Void> countAlerts() {
        return coordinator
                .read(Alerts.LIST, new Alerts.ListAll("open", PAGE, 0))
                .onSuccess(found -> show(alerts, "severity", found.alerts().stream(), Alerts.Alert::severity))
                .mapEmpty();
    }

    private Future<Void> adviseScaling() {
        return coordinator
                .read(Alerts.SCALING, new Alerts.ScalingAsk())
                .onSuccess(advice -> {
                    targetWorkers.set(advice.targetWorkers());
                    signals.register(
                            advice.signals().stream()
                                    .<MultiGauge.Row<?>>map(
                                            each -> MultiGauge.Row.of(Tags.of("signal", each.name()), each.value()))
                                    .toList(),
                            true);
                })
                .mapEmpty();
    }

    private static <T> void show(MultiGauge gauge, Stream<T> items, Function<T, String> status) {
        show(gauge, "status", items, status);
    }

    private static <T> void show(MultiGauge gauge, String label, Stream<T> items, Function<T, String> status) {
        var counts = items.collect(groupingBy(status, counting()));
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        counts.forEach((word, count) -> rows.add(MultiGauge.Row.of(Tags.of(label, word), count)));
        gauge.register(rows, true);
    }
}
