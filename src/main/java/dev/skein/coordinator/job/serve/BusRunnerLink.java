package dev.skein.coordinator.job.serve;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.coordinator.job.RunnerLink;
import dev.skein.job.JobRuns;
import dev.skein.job.JobRuns.Run;
import dev.skein.job.JobRuns.Stop;
import dev.skein.job.JobRuns.Stopping;
import dev.skein.job.JobRuns.Tail;
import dev.skein.job.JobRuns.Tailed;
import dev.skein.job.JobRuns.Taken;
import io.vertx.core.Future;
import java.time.Duration;

/** Reaches runtimes over the bus. */
public final class BusRunnerLink implements RunnerLink {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration LIFE = Duration.ofSeconds(2);

    private final Bus bus;

    public BusRunnerLink(Bus bus) {
        this.bus = bus;
    }

    @Override
    public Future<Taken> run(String node, Run run) {
        return bus.askAt(NodeAddress.parse(node), JobRuns.RUN, run, DEADLINE);
    }

    @Override
    public Future<Stopping> stop(String node, Stop stop) {
        return bus.askAt(NodeAddress.parse(node), JobRuns.STOP, stop, LIFE);
    }

    Future<Tailed> tail(String node, Tail tail) {
        return bus.askAt(NodeAddress.parse(node), JobRuns.TAIL, tail, DEADLINE.plusMillis(tail.waitMillis()));
    }
}
