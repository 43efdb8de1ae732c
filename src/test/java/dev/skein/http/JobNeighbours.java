package dev.skein.http;

import dev.skein.bus.Bus;
import dev.skein.bus.Contract;
import dev.skein.job.Job;
import dev.skein.job.JobRuns;
import dev.skein.job.JobSpec;
import dev.skein.job.JobState;
import dev.skein.job.Jobs;
import dev.skein.job.NodeMemory;
import dev.skein.job.Outcome;
import dev.skein.job.Remotes;
import dev.skein.job.Schedules;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A leader that says of every job the same. */
final class JobNeighbours {
    static final List<Contract> CONTRACTS = List.of(
            Jobs.SUBMIT,
            Jobs.SUBMIT_MANY,
            Jobs.GET,
            Jobs.LIST,
            Jobs.CANCEL,
            Jobs.RETRY,
            Jobs.PARK,
            Jobs.WHY,
            Jobs.STATS,
            Jobs.CLEAR,
            Jobs.LOGS,
            Jobs.RUNNERS,
            JobRuns.REPORT,
            NodeMemory.ALL,
            NodeMemory.HERE,
            NodeMemory.TRIM,
            Remotes.ADD,
            Remotes.REMOVE,
            Remotes.LIST,
            Schedules.PUT,
            Schedules.GET,
            Schedules.LIST,
            Schedules.DELETE,
            Schedules.PAUSE);

    private JobNeighbours() {}

    static void serve(Neighbours all, Bus bus) {
        all.serve(bus, Jobs.SUBMIT, ask -> new Jobs.Submitted("j-1", JobState.QUEUED, false));
        all.serve(
                bus,
                Jobs.SUBMIT_MANY,
                ask -> new Jobs.SubmittedMany(List.of(
                        new Jobs.Answer("j-1", JobState.QUEUED, false, null, null),
                        new Jobs.Answer("", null, false, "unknown_job_type", "nobody does jobs of type x"))));
        all.serve(bus, Jobs.GET, ask -> job(ask.id()));
        all.serve(bus, Jobs.LIST, ask -> new Jobs.Listed(List.of(job("j-1")), "next"));
        all.serve(bus, Jobs.CANCEL, ask -> job(ask.id()));
        all.serve(bus, Jobs.RETRY, ask -> job(ask.id()));
        all.serve(bus, Jobs.PARK, ask -> job(ask.id()));
        all.serve(
                bus,
                Jobs.WHY,
                ask -> new Jobs.Why(
                        ask.id(),
                        JobState.QUEUED,
                        List.of(new Jobs.Reason("no_memory", "3 GiB asked, 1 GiB free", "heavy-1")),
                        2,
                        null,
                        null));
        all.serve(
                bus,
                Jobs.STATS,
                ask -> new Jobs.Stats(
                        counts(),
                        pace(),
                        new Jobs.Eta(1.5, 3.0, 40, 20),
                        Map.of("queued", 9L),
                        List.of(new Jobs.OfType("exec", counts(), pace(), new Jobs.Eta(null, null, 7, 20), Map.of()))));
        all.serve(bus, Jobs.CLEAR, ask -> new Jobs.Cleared(3, 0));
        all.serve(bus, Jobs.LOGS, ask -> new Jobs.Logs(1, new JobRuns.Tailed("hello\n", 6, 0, true)));
        all.serve(bus, Jobs.RUNNERS, ask -> new Jobs.Runners(List.of(runner())));
        all.serve(
                bus,
                JobRuns.REPORT,
                ask -> new JobRuns.Reported(List.of(verdict(ask.news().get(0)))));
        around(all, bus);
        all.serve(bus, Schedules.PUT, ask -> schedule(ask.id(), ask.plan()));
        all.serve(bus, Schedules.GET, ask -> schedule(ask.id(), plan()));
        all.serve(bus, Schedules.LIST, ask -> new Schedules.Listed(List.of(schedule("nightly", plan()))));
        all.serve(bus, Schedules.DELETE, ask -> new Schedules.Deleted(true));
        all.serve(bus, Schedules.PAUSE, ask -> schedule(ask.id(), plan().pausing(ask.paused())));
    }

    /** The memory of nodes, and workers that are no members. */
    private static void around(Neighbours all, Bus bus) {
        all.serve(bus, NodeMemory.ALL, ask -> new NodeMemory.All(List.of(memory(), NodeMemory.View.unknown("far"))));
        bus.serveHere(
                NodeMemory.HERE,
                ask -> all.failure == null ? Future.succeededFuture(memory()) : Future.failedFuture(all.failure));
        bus.serveHere(NodeMemory.TRIM, ask -> Future.succeededFuture(new NodeMemory.Trimmed("here", 5, 1)));
        all.serve(bus, Remotes.ADD, ask -> new Remotes.Added(remote(ask.spec()), false));
        all.serve(bus, Remotes.REMOVE, ask -> new Remotes.Removed(ask.id(), 2));
        all.serve(
                bus,
                Remotes.LIST,
                ask -> new Remotes.Listed(List.of(remote(new Remotes.Spec("::1", 3003, List.of("cipher"))))));
    }

    private static JobRuns.Verdict verdict(JobRuns.News news) {
        return news.ref().attempt() == 1 ? JobRuns.Verdict.ACCEPTED : JobRuns.Verdict.STALE_ATTEMPT;
    }

    private static Job job(String id) {
        var times = new Job.Times(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, null);
        return new Job(
                id,
                JobState.SUCCEEDED,
                JobSpec.of(
                        "exec",
                        id.equals("j-secret")
                                ? "{\"argv\":[\"true\"],\"env\":{\"K\":\"s3cret\"}}"
                                : "{\"argv\":[\"true\"]}"),
                "ops",
                1,
                "worker-0",
                new Job.Progress(0.5, "half", null),
                "{\"exit\":0}",
                Outcome.SUCCESS,
                List.of(),
                null,
                0,
                null,
                times);
    }

    private static Jobs.Counts counts() {
        return new Jobs.Counts(1, 2, 3, 4, 5, 6, 7, 8, 9_500);
    }

    private static Jobs.Pace pace() {
        return new Jobs.Pace(60, 1, 5L, 9L, null, null);
    }

    private static Jobs.RunnerView runner() {
        var who = new JobRuns.Runner("worker-0", "node-0", List.of("exec", "mcp"), List.of("general"), List.of());
        return new Jobs.RunnerView(who, "ready", 1, 3, 1L << 30, 4L << 30, 2_500);
    }

    private static NodeMemory.View memory() {
        return new NodeMemory.View(
                "worker-0",
                4L << 30,
                1L << 30,
                300 << 20,
                "low",
                0.25,
                Map.of("indexes", 5L),
                new NodeMemory.Heap(1, 2, 3),
                new NodeMemory.Limits(8L << 30, null, null, 8L << 30),
                List.of("exec", "mcp"),
                List.of(
                        new NodeMemory.JobUse("j-1", 1, "exec", 1L << 30, 7L),
                        new NodeMemory.JobUse("j-2", 1, "mcp", 0, null)));
    }

    private static Remotes.View remote(Remotes.Spec spec) {
        return new Remotes.View(spec, "healthy", "", 1L << 30, 4L << 30, 1, 3, 2_500);
    }

    private static Schedules.Plan plan() {
        return new Schedules.Plan("0 3 * * *", "UTC", false, false, JobSpec.of("exec", "{}"));
    }

    private static Schedules.View schedule(String id, Schedules.Plan plan) {
        return new Schedules.View(id, plan, Instant.EPOCH, null, null, 0);
    }
}
