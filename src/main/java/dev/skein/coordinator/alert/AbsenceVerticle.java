package dev.skein.coordinator.alert;

import dev.skein.bus.Bus;
import dev.skein.cluster.Membership;
import dev.skein.coordinator.alert.notice.Notice;
import dev.skein.coordinator.alert.notice.Notifier;
import dev.skein.pipeline.Alerts;
import dev.skein.pipeline.Alerts.Alert;
import dev.skein.pipeline.Observation;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again and again who leads, on every node that somebody looks at, and raises the one alert that no leader can.
 */
public final class AbsenceVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(AbsenceVerticle.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration TURN = Duration.ofSeconds(2);
    private static final int TURNS_MAX = 15;

    private final Bus bus;
    private final AlertWatch watch;
    private final String cluster;
    private final Membership membership;
    private final InstantSource clock;
    private final Absence absence;
    private @Nullable Notifier notifier;
    private boolean asking;

    /** @param cluster its name, for those who are told */
    public AbsenceVerticle(Bus bus, AlertWatch watch, String cluster, Membership membership, InstantSource clock) {
        this.bus = bus;
        this.watch = watch;
        this.cluster = cluster;
        this.membership = membership;
        this.clock = clock;
        this.absence = new Absence(bus.here().node(), watch.alerts().leaderless());
    }

    @Override
    public Future<?> start() {
        notifier = new Notifier(vertx, watch.alerts(), watch.network());
        vertx.setPeriodic(
                Math.min(PERIOD.toMillis(), watch.alerts().leaderless().toMillis()), tick -> look());
        return Future.all(
                bus.serveHere(Alerts.HERE, ask -> Future.succeededFuture(listed(ask.state())))
                        .completion(),
                bus.subscribe(Alerts.LEADERLESS, this::hear).completion());
    }

    private Alerts.Listed listed(String state) {
        var found = absence.holding(clock.instant()).stream()
                .filter(alert -> state.isEmpty() || alert.state().equals(state))
                .toList();
        return new Alerts.Listed(found, found.size());
    }

    private void hear(Alerts.Leaderless told) {
        if (!told.by().equals(bus.here().toString())) {
            absence.toldElsewhere(clock.instant());
        }
    }

    private void look() {
        if (asking) {
            return;
        }
        asking = true;
        bus.ask(Observation.LEADER, new Observation.Ask(), PERIOD)
                .onComplete(answer -> asking = false)
                .onSuccess(leader -> absence.found(clock.instant()).ifPresent(this::over))
                .onFailure(nobody -> missed());
    }

    private void missed() {
        var now = clock.instant();
        absence.missed(now, TURN.multipliedBy(turn()));
        if (notifier != null && notifier.hasReceivers()) {
            absence.due(now).ifPresent(alert -> {
                bus.announce(Alerts.LEADERLESS, new Alerts.Leaderless(bus.here().toString()));
                tell(alert, true);
            });
        }
    }

    /** How many are asked to tell before this one. */
    private int turn() {
        long before = membership.present().stream()
                .filter(node -> node.toString().compareTo(bus.here().toString()) < 0)
                .count();
        return (int) Math.min(before, TURNS_MAX);
    }

    /** Whoever leads now could not see it, and keeps the history. */
    private void over(Absence.Ended ended) {
        if (ended.mustTell()) {
            tell(ended.alert(), false);
        }
        var until = ended.alert().resolvedAt();
        if (until != null) {
            var report = new Alerts.Report(ended.alert().text(), ended.alert().since(), until);
            bus.ask(Alerts.REPORT, report, PERIOD)
                    .onFailure(cause -> log.warn("nobody keeps that nobody led: {}", cause.getMessage()));
        }
    }

    private void tell(Alert alert, boolean isNew) {
        if (notifier != null) {
            notifier.tell(new Notice(cluster, alert, isNew));
        }
    }

    @Override
    public Future<?> stop() {
        if (notifier != null) {
            notifier.close();
        }
        return Future.succeededFuture();
    }
}
