package dev.skein.coordinator.job;

import dev.skein.coordinator.job.JobChange.Ending;
import dev.skein.job.Job.Progress;
import dev.skein.job.JobRuns.Assignment;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.JobRuns.Refused;
import dev.skein.job.JobRuns.Run;
import dev.skein.job.JobRuns.Taken;
import dev.skein.job.Outcome;
import dev.skein.job.life.JobIds;
import dev.skein.job.life.Live;
import dev.skein.job.queue.Station;
import dev.skein.job.queue.Stations;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives waiting jobs to whoever has room: claimed first, committed, and then sent. */
final class Dispatch {
    private static final Logger log = LoggerFactory.getLogger(Dispatch.class);
    private static final int CLAIMS_MAX = 1_000; // at once, so that others get their turn on the event loop
    private static final long PAUSE_MILLIS = 1_000;

    private final JobLedger ledger;
    private final Stations stations;
    private final Leases leases;
    private final Payloads payloads;
    private final RunnerLink link;
    private final Terms terms;
    private final Map<Station, List<Live>> claimed = new LinkedHashMap<>(); // in the step under way
    private final Map<Long, Progress> progress;

    /** What every message to a runtime says. */
    record Terms(long epoch, long leaseMillis) {}

    Dispatch(JobLedger ledger, Stations stations, Leases leases, Payloads payloads, RunnerLink link, Terms terms) {
        this.ledger = ledger;
        this.stations = stations;
        this.leases = leases;
        this.payloads = payloads;
        this.link = link;
        this.terms = terms;
        this.progress = leases.progress();
    }

    /** As a step of its own, when there is anything to give. */
    void go() {
        if (!ledger.failedWithin(PAUSE_MILLIS) && stations.next(ledger.now()) != null) {
            ledger.step(() -> {
                claim();
                return true;
            });
        }
    }

    /** To be called within a step. */
    void claim() {
        if (ledger.failedWithin(PAUSE_MILLIS)) {
            return;
        }
        long now = ledger.now();
        for (int i = 0; i < CLAIMS_MAX; i++) {
            var choice = stations.next(now);
            if (choice == null) {
                break;
            }
            stations.chosen(choice, now);
            var live = choice.live().claimed(choice.station().worker(), now);
            ledger.put(live);
            leases.begin(live, now + 2 * terms.leaseMillis); // the commit takes a while too
            claimed.computeIfAbsent(choice.station(), unused -> new ArrayList<>())
                    .add(live);
        }
        claimed.forEach((station, lives) -> ledger.afterwards(() -> send(station, lives)));
        claimed.clear();
    }

    private void send(Station station, List<Live> lives) {
        long until = ledger.now() + terms.leaseMillis;
        lives.forEach(live -> leases.renew(live.id(), live.attempt(), until));
        payloads.of(lives.stream().map(Live::id).toList())
                .onSuccess(texts -> send(station, lives, texts))
                .onFailure(cause -> returned(station, lives, "no_payload"));
    }

    private void send(Station station, List<Live> lives, Map<Long, String> texts) {
        var assignments = lives.stream()
                .filter(live -> isStill(live))
                .map(live -> assignment(live, texts.getOrDefault(live.id(), "null")))
                .toList();
        lives.forEach(live -> payloads.forget(live.id()));
        link.run(station.runner().node(), new Run(terms.epoch, terms.leaseMillis, assignments))
                .onSuccess(taken -> taken(station, taken))
                .onFailure(cause -> unanswered(station, lives, cause));
    }

    private boolean isStill(Live live) {
        var now = ledger.book().get(live.id());
        return now != null && now.isHeldBy(live.attempt());
    }

    private Assignment assignment(Live live, String payload) {
        return new Assignment(
                new Ref(JobIds.text(live.id()), live.attempt()),
                live.traits().type(),
                payload,
                live.memory(),
                live.runLimit(ledger.now()),
                live.traits().heartbeatMillis(),
                before(live));
    }

    private @Nullable Progress before(Live live) {
        return progress.get(live.id());
    }

    private void taken(Station station, Taken taken) {
        for (var refused : taken.refused()) {
            log.info("{} refused {}: {}", station.worker(), refused.ref(), refused.message());
            giveBack(JobIds.parse(refused.ref().job()), refused.ref().attempt(), refused.code());
        }
        if (taken.refused().stream().map(Refused::code).anyMatch(code -> !code.equals("unknown_type"))) {
            station.doubt();
        }
    }

    /** Only when nothing can have arrived does it not count; else the lease decides. */
    private void unanswered(Station station, List<Live> lives, Throwable cause) {
        log.info("{} was not reached with {} jobs: {}", station.worker(), lives.size(), cause.getMessage());
        var problem = Problem.in(cause);
        if (problem != null && (problem.kind() == Kind.BUSY || problem.kind() == Kind.CONFLICT)) {
            returned(station, lives, problem.code());
        } else {
            station.doubt();
        }
    }

    private void returned(Station station, List<Live> lives, String code) {
        station.doubt();
        lives.forEach(live -> giveBack(live.id(), live.attempt(), code));
    }

    private void giveBack(long id, int attempt, String code) {
        var live = ledger.book().get(id);
        if (live != null && live.isHeldBy(attempt)) {
            log.debug("{} goes back: {}", JobIds.text(id), code);
            leases.end(id);
            ledger.step(() -> {
                var next = live.notBegun(ledger.now(), PAUSE_MILLIS);
                if (next.state().isTerminal()) {
                    ledger.end(next, Ending.of(live, ledger.now(), Outcome.cancelled("cancelled before it began")));
                } else {
                    ledger.put(next);
                }
                return true;
            });
        }
    }
}
