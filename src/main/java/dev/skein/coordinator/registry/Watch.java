package dev.skein.coordinator.registry;

import dev.skein.bus.NodeAddress;
import dev.skein.coordinator.fleet.Detection;
import dev.skein.coordinator.fleet.Detection.Verdict;
import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.fleet.Liveness.Health;
import dev.skein.coordinator.ledger.Ledger;
import dev.skein.coordinator.orders.Healing;
import dev.skein.coordinator.state.Worker;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.Observation.Sweep;
import dev.skein.pipeline.link.HostLink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices who is silent. Confined to the coordinator's event loop. */
final class Watch {
    private static final Logger log = LoggerFactory.getLogger(Watch.class);
    private static final Duration DRAINED_SILENCE = Duration.ofSeconds(60);
    private static final Duration OWN_PAUSE = Duration.ofSeconds(3); // between two ticks that should be a second apart

    private final Ledger ledger;
    private final Fleet fleet;
    private final Healing healing;
    private final HostLink link;
    private final Detection detection;
    private final InstantSource clock;
    private final Set<String> asked = new HashSet<>();
    private Instant lastTick;
    private Instant excusedUntil;
    private int marked;
    private @Nullable Sweep lastSweep;

    Watch(Ledger ledger, Fleet fleet, Healing healing, HostLink link, Detection detection, InstantSource clock) {
        this.ledger = ledger;
        this.fleet = fleet;
        this.healing = healing;
        this.link = link;
        this.detection = detection;
        this.clock = clock;
        this.lastTick = clock.instant();
        this.excusedUntil = lastTick;
    }

    /** Looks at workers on the bus; to be called each second. */
    void tick() {
        excuseOwnPause();
        var dead = new ArrayList<Worker>();
        var silent = new ArrayList<Worker>();
        ledger.committed().listed().filter(Worker::isOnBus).forEach(worker -> {
            var verdict = verdict(worker);
            if (verdict == Verdict.DEAD) {
                dead.add(worker);
            } else if (verdict == Verdict.ASK) {
                silent.add(worker);
            }
        });
        silent.forEach(this::ask);
        bury(dead);
    }

    /** A process that stood still has heard nobody, which says nothing about the others. */
    private void excuseOwnPause() {
        var now = clock.instant();
        var stood = Duration.between(lastTick, now);
        lastTick = now;
        if (stood.compareTo(OWN_PAUSE) > 0) {
            log.warn("stood still for {} ms; every worker gets time to be heard again", stood.toMillis());
            fleet.excuse();
            excusedUntil = now.plus(detection.deadAfter());
        }
    }

    /** Whether only lasting silence counts, because this process has just been out of touch itself. */
    private boolean isExcused() {
        var now = clock.instant();
        return now.isBefore(excusedUntil) || Duration.between(lastTick, now).compareTo(OWN_PAUSE) > 0;
    }

    /** Looks at workers known by REST only. */
    void sweep() {
        var workers = ledger.committed().listed().toList();
        bury(workers.stream()
                .filter(worker -> !worker.isOnBus() && verdict(worker) == Verdict.DEAD)
                .toList());
        lastSweep = new Sweep(workers.size(), marked);
        marked = 0;
    }

    /** Workers that were drained, hold nothing and have been silent for a minute. */
    List<String> drainedAndGone() {
        var state = ledger.committed();
        return state.listed()
                .filter(worker -> worker.state() == Worker.State.DRAINING)
                .filter(worker -> fleet.silence(worker.id()).compareTo(DRAINED_SILENCE) > 0)
                .filter(worker -> state.placementsOn(worker.id()).findAny().isEmpty())
                .map(Worker::id)
                .toList();
    }

    /** A node was seen to leave: its worker is asked, and must prove soon that it lives. */
    void left(NodeAddress node) {
        ledger.committed()
                .listed()
                .filter(worker -> node.toString().equals(worker.node()))
                .forEach(worker -> {
                    if (!isExcused()) {
                        fleet.change(worker.id(), liveness -> liveness.left(clock.instant()));
                    }
                    ask(worker);
                });
    }

    @Nullable
    Sweep lastSweep() {
        return lastSweep;
    }

    private Verdict verdict(Worker worker) {
        var liveness = fleet.of(worker.id());
        return worker.isOnBus()
                ? detection.onBus(liveness, clock.instant())
                : detection.byRest(liveness, clock.instant());
    }

    private void ask(Worker worker) {
        if (asked.add(worker.id())) {
            link.list(worker.host()).onComplete(answer -> {
                asked.remove(worker.id());
                if (answer.succeeded() && fleet.heard(worker.id())) {
                    healing.heal();
                }
                if (answer.failed() && hasLeft(worker, answer.cause()) && isSameLife(worker) && !isExcused()) {
                    bury(List.of(worker));
                }
            });
        }
    }

    private boolean isSameLife(Worker worker) {
        return worker.equals(ledger.committed().workers().get(worker.id()));
    }

    /** Nobody there, which is not the same as nobody answering, and no member any more, which a cut is not at first. */
    private boolean hasLeft(Worker worker, Throwable cause) {
        var problem = Problem.in(cause);
        return problem != null
                && (problem.kind() == Kind.UNREACHABLE || problem.kind() == Kind.BUSY)
                && fleet.of(worker.id()).leftAt() != null;
    }

    private void bury(List<Worker> dead) {
        var noticed = dead.stream()
                .filter(worker -> fleet.of(worker.id()).isPresent())
                .toList();
        for (var worker : noticed) {
            log.warn(
                    "worker {} is gone, not heard for {} ms",
                    worker.id(),
                    fleet.silence(worker.id()).toMillis());
            fleet.turned(worker.id(), Health.UNHEALTHY);
        }
        if (!noticed.isEmpty()) {
            marked += noticed.size();
            healing.heal();
        }
    }
}
