package dev.skein.coordinator.job;

import static dev.skein.coordinator.job.Attempts.ref;

import dev.skein.job.JobRuns.Ending;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.JobRuns.Renew;
import dev.skein.job.JobRuns.Renewed;
import dev.skein.job.JobRuns.Stop;
import dev.skein.job.Jobs.RunnerView;
import dev.skein.job.life.JobIds;
import dev.skein.job.life.Live;
import dev.skein.job.queue.Match;
import dev.skein.job.queue.Station;
import dev.skein.job.queue.Stations;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runtimes come, renew their leases, fall silent and leave. */
final class Presence {
    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    private static final long OWN_PAUSE_MILLIS = 2_000;

    private final JobLedger ledger;
    private final Stations stations;
    private final Leases leases;
    private final Attempts attempts;
    private final RunnerLink link;
    private final Dispatch.Terms terms;
    private final Set<String> types = new HashSet<>(); // of any runtime ever heard in this term
    private final Map<Long, Integer> inherited = new HashMap<>(); // attempts of earlier terms that nobody claims yet
    private Predicate<String> cordoned = worker -> false;
    private final long heardFrom;
    private long lastLook;
    private long excusedUntil;

    Presence(
            JobLedger ledger,
            Stations stations,
            Leases leases,
            Attempts attempts,
            RunnerLink link,
            Dispatch.Terms terms) {
        this.ledger = ledger;
        this.stations = stations;
        this.leases = leases;
        this.attempts = attempts;
        this.link = link;
        this.terms = terms;
        this.lastLook = ledger.now();
        this.heardFrom = terms.epoch() > 1 ? lastLook + terms.leaseMillis() : lastLook;
        ledger.book()
                .busyWorkers()
                .forEach(worker -> ledger.book().runningOn(worker).forEach(this::inherit));
    }

    /** Whoever holds it has been renewed for one lease from before this term at the most. */
    private void inherit(Live live) {
        leases.begin(live, ledger.now() + terms.leaseMillis());
        inherited.put(live.id(), live.attempt());
    }

    /** Which workers keep what they have and get nothing new. */
    void cordoning(Predicate<String> workers) {
        cordoned = workers;
    }

    boolean knows(String type) {
        return types.contains(type);
    }

    Set<String> types() {
        return types;
    }

    /** Whether all who live have had the time to say so since this term began after another. */
    boolean hasHeardAll() {
        return ledger.now() >= heardFrom;
    }

    Renewed renewed(Renew renew) {
        var station = station(renew);
        long now = ledger.now();
        station.heard(renew.room(), renew.leaving(), now);
        station.cordon(cordoned.test(station.worker()));
        station.holds(Set.copyOf(renew.held()));
        types.addAll(renew.runner().types());
        var endings = new ArrayList<Ending>();
        renew.held().forEach(ref -> renew(station, ref, endings));
        if (renew.epoch() == terms.epoch() && !inherited.isEmpty()) {
            lose(neverBegun(renew), "never_begun");
        }
        return new Renewed(terms.epoch(), terms.leaseMillis(), endings);
    }

    /** Claimed in an earlier term, and the message was never sent; no worker takes it from that leader any more. */
    private List<Live> neverBegun(Renew renew) {
        var held = Set.copyOf(renew.held());
        var mine = ledger.book().runningOn(renew.runner().worker()).stream()
                .filter(live -> inherited.getOrDefault(live.id(), 0) == live.attempt())
                .toList();
        mine.forEach(live -> inherited.remove(live.id()));
        return mine.stream().filter(live -> !held.contains(ref(live))).toList();
    }

    private Station station(Renew renew) {
        var runner = renew.runner();
        var known = stations.get(runner.worker());
        if (known != null && known.runner().equals(runner)) {
            return known;
        }
        if (known != null && !known.runner().node().equals(runner.node())) {
            replace(known);
        }
        log.info("{} does jobs: {}", runner.worker(), runner.types());
        var fresh = new Station(runner, renew.room(), ledger.now());
        stations.put(fresh);
        return fresh;
    }

    /** Another life goes by the same name; one that was heard just now is not given up for it. */
    private void replace(Station known) {
        if (ledger.now() - known.heardAt() < terms.leaseMillis() / 2) {
            throw Problem.conflict(
                    "worker_id_taken",
                    "the worker id " + known.worker() + " is in use by "
                            + known.runner().node()
                            + "; give one of the two another node.id, or wait a moment if that one has just ended");
        }
        gone(known);
    }

    private void renew(Station station, Ref ref, List<Ending> endings) {
        var live = find(ref);
        if (live == null || !live.isHeldBy(ref.attempt()) || !station.worker().equals(live.worker())) {
            endings.add(Attempts.ending(ref, "stale_attempt", "another attempt has it, or it has ended"));
            return; // no slot is kept for it: most likely its end was reported while this was on its way
        }
        leases.renew(live.id(), ref.attempt(), ledger.now() + terms.leaseMillis());
        if (live.cancelling()) {
            endings.add(Attempts.ending(ref, "cancelled", "somebody does not want it any more"));
        }
    }

    private @Nullable Live find(Ref ref) {
        try {
            return ledger.book().get(JobIds.parse(ref.job()));
        } catch (Problem noId) {
            return null;
        }
    }

    /** A node was seen to leave: whoever is there must answer now. */
    void left(String node) {
        stations.all().stream()
                .filter(station -> station.runner().node().equals(node))
                .toList() // one that is known to be gone is taken out at once
                .forEach(station -> link.stop(node, new Stop(terms.epoch(), List.of()))
                        .onFailure(cause -> unheard(station, cause)));
    }

    private void unheard(Station station, Throwable cause) {
        var problem = Problem.in(cause);
        boolean isGone = problem != null && (problem.kind() == Kind.BUSY || problem.kind() == Kind.UNREACHABLE);
        if (isGone && stations.get(station.worker()) == station && ledger.now() >= excusedUntil) {
            gone(station);
        }
    }

    private void gone(Station station) {
        log.warn(
                "{} is gone with {} jobs",
                station.worker(),
                ledger.book().load(station.worker()).running());
        stations.remove(station.worker());
        lose(List.copyOf(ledger.book().runningOn(station.worker())), "worker_gone");
    }

    private void lose(List<Live> lives, String code) {
        if (!lives.isEmpty()) {
            ledger.step(() -> {
                lives.forEach(live -> attempts.lost(live, code, "worker " + live.worker() + " was lost"));
                return true;
            });
        }
    }

    /** To be called each second: whoever was silent for a lease has lost what it had. */
    void look() {
        long now = ledger.now();
        if (now - lastLook > OWN_PAUSE_MILLIS) {
            excusedUntil = now + terms.leaseMillis(); // a process that stood still has heard nobody
        }
        lastLook = now;
        if (now < excusedUntil) {
            return;
        }
        stations.all().forEach(station -> station.cordon(cordoned.test(station.worker())));
        var silent = stations.all().stream()
                .filter(station -> now - station.heardAt() > 2 * terms.leaseMillis())
                .toList();
        silent.forEach(this::gone);
        lose(overdue(now), "lease_expired");
    }

    private List<Live> overdue(long now) {
        return ledger.book().busyWorkers().stream()
                .flatMap(worker -> ledger.book().runningOn(worker).stream())
                .filter(live -> leases.isOver(live, now))
                .peek(live -> mark(live))
                .toList();
    }

    /** It may still run there, and take memory. */
    private void mark(Live live) {
        var station = stations.get(Objects.requireNonNullElse(live.worker(), ""));
        if (station != null) {
            station.linger(ref(live), live.memory());
        }
    }

    List<RunnerView> views() {
        return stations.all().stream().map(this::view).toList();
    }

    private RunnerView view(Station station) {
        var load = ledger.book().load(station.worker());
        var refusal = station.refusal();
        var ready = Match.freeSlots(station, load) > 0 ? "ready" : "busy";
        return new RunnerView(
                station.runner(),
                refusal == null ? ready : refusal,
                load.running(),
                station.room().slots(),
                load.bytes(),
                station.room().memoryBytes(),
                ledger.now() - station.heardAt());
    }
}
