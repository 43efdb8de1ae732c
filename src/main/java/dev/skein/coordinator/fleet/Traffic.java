package dev.skein.coordinator.fleet;

import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import dev.skein.pipeline.Observation.PipelineLoad;
import dev.skein.pipeline.Workers.ConnectorHealth;
import dev.skein.pipeline.Workers.PipelineMetrics;
import dev.skein.pipeline.Workers.Pressure;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counters as workers last told them, and rates, since counters only grow until their owner starts anew. What a
 * heartbeat brings is copied into what is there, so that thousands of them a second leave nothing behind. Confined to
 * the coordinator's event loop.
 */
public final class Traffic {
    private static final class Counted {
        private long report;
        private long in;
        private long out;
        private long errors;
        private Pressure pressure = Pressure.OK;
        private List<ConnectorHealth> connectors = List.of();

        void take(long newReport, PipelineMetrics metrics) {
            var told = metrics.pressure();
            var links = metrics.connectorHealth();
            report = newReport;
            in = metrics.eventsIn();
            out = metrics.eventsOut();
            errors = metrics.errors();
            pressure = told == null ? Pressure.OK : told;
            connectors = links == null || links.isEmpty() ? List.of() : List.copyOf(links);
        }
    }

    private static final class Teller {
        private long processed;
        private long report; // the last one
    }

    private record Flow(RateWindow in, RateWindow out) {}

    private final RateWindow all = new RateWindow();
    private final Map<String, Teller> tellers = new HashMap<>(); // by worker
    private final Map<PlacementId, Counted> counted = new HashMap<>();
    private final Map<String, Flow> flows = new HashMap<>(); // by group
    private long reports;

    /**
     * What a worker has processed since it started.
     *
     * @return the number of this report, for the counters that come with it
     */
    long processed(String workerId, long total, Instant now) {
        var teller = tellers.get(workerId);
        if (teller == null) {
            teller = new Teller();
            tellers.put(workerId, teller);
        } else {
            all.add(now, growth(teller.processed, total));
        }
        teller.processed = total;
        teller.report = ++reports;
        return reports;
    }

    /** Counters of one placement since it was deployed. */
    void counted(Placement placement, PipelineMetrics metrics, long report, Instant now) {
        var known = counted.computeIfAbsent(placement.id(), id -> new Counted());
        var flow =
                flows.computeIfAbsent(placement.id().groupId(), group -> new Flow(new RateWindow(), new RateWindow()));
        flow.in.add(now, growth(known.in, metrics.eventsIn()));
        flow.out.add(now, growth(known.out, metrics.eventsOut()));
        known.take(report, metrics);
    }

    /** What the last report of its worker said about it; empty when it said nothing. */
    public Optional<PipelineLoad> load(Placement placement) {
        var known = counted.get(placement.id());
        var teller = tellers.get(placement.workerId());
        return known == null || teller == null || known.report != teller.report
                ? Optional.empty()
                : Optional.of(new PipelineLoad(
                        placement.id().name(),
                        placement.id().groupId(),
                        placement.workerId(),
                        known.in,
                        known.out,
                        known.errors,
                        known.pressure,
                        known.connectors));
    }

    /** A process that starts anew counts from zero. */
    void restarted(String workerId) {
        var teller = tellers.computeIfAbsent(workerId, id -> new Teller());
        teller.processed = 0;
        teller.report = ++reports;
    }

    public double perSecond(Instant now) {
        return all.perSecond(now);
    }

    public double inPerSecond(String groupId, Instant now) {
        var flow = flows.get(groupId);
        return flow == null ? 0 : flow.in.perSecond(now);
    }

    public double outPerSecond(String groupId, Instant now) {
        var flow = flows.get(groupId);
        return flow == null ? 0 : flow.out.perSecond(now);
    }

    /** Forgets what is gone. */
    public void keepOnly(Set<String> groupIds, Set<String> workerIds) {
        flows.keySet().retainAll(groupIds);
        counted.keySet().removeIf(id -> !groupIds.contains(id.groupId()));
        tellers.keySet().retainAll(workerIds);
    }

    private static long growth(long before, long now) {
        return now >= before ? now - before : now;
    }
}
