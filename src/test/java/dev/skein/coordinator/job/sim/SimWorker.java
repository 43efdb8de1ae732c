package dev.skein.coordinator.job.sim;

import dev.skein.job.JobRuns.Assignment;
import dev.skein.job.JobRuns.News;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.JobRuns.Renew;
import dev.skein.job.JobRuns.Report;
import dev.skein.job.JobRuns.Room;
import dev.skein.job.JobRuns.Run;
import dev.skein.job.JobRuns.Runner;
import dev.skein.job.JobRuns.Stop;
import dev.skein.job.JobRuns.Taken;
import dev.skein.job.JobRuns.Verdict;
import dev.skein.job.Outcome;
import dev.skein.kernel.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A runtime that does what it is given, and now and then fails, stands still or dies. */
final class SimWorker {
    private static final int SLOTS = 3;
    private static final long RENEW_MILLIS = 1_000;
    private static final long REPEAT_MILLIS = 300;

    private final SimWorld world;
    private final SimTime time;
    private final String name;
    private final Map<Ref, Outcome> held = new HashMap<>(); // null until it has ended
    private int life;
    private long epoch;
    private long stillUntil;

    SimWorker(SimWorld world, SimTime time, String name) {
        this.world = world;
        this.time = time;
        this.name = name;
        begin();
    }

    String node() {
        return name + "@" + life;
    }

    private void begin() {
        life++;
        epoch = 0;
        held.clear();
        int mine = life;
        renew(mine);
    }

    void die() {
        var gone = node();
        life++;
        held.clear();
        time.in(time.upTo(200), () -> world.left(gone));
        time.in(time.upTo(4_000), this::begin);
    }

    void standStill() {
        stillUntil = time.millis() + time.upTo(6_000);
    }

    private boolean isStill() {
        return time.millis() < stillUntil;
    }

    private void renew(int mine) {
        if (mine != life) {
            return;
        }
        if (!isStill()) {
            var runner = new Runner(name, node(), List.of("exec"), List.of(), List.of());
            var renew = new Renew(runner, new Room(SLOTS, 1L << 30, null), List.copyOf(held.keySet()), false, epoch);
            world.toLeader(leader -> {
                var answer = leader.renew(renew);
                time.in(time.upTo(30), () -> follow(mine, answer.epoch()));
                answer.endings()
                        .forEach(ending -> time.in(time.upTo(30), () -> end(mine, ending.ref(), ending.reason())));
            });
        }
        time.in(RENEW_MILLIS, () -> renew(mine));
    }

    private void follow(int mine, long answered) {
        epoch = mine == life ? Math.max(epoch, answered) : epoch;
    }

    private void end(int mine, Ref ref, String reason) {
        if (mine == life && held.containsKey(ref)) {
            if (reason.equals("stale_attempt")) {
                held.remove(ref);
            } else {
                held.put(ref, Outcome.cancelled(reason));
            }
        }
    }

    Taken run(String node, Run run) {
        if (!node.equals(node())) {
            throw Problem.busy("nobody serves it");
        }
        if (run.epoch() < epoch) {
            throw Problem.conflict("stale_epoch", "a later leader was heard");
        }
        epoch = run.epoch();
        run.assignments().forEach(this::take);
        return new Taken(List.of());
    }

    private void take(Assignment assignment) {
        var ref = assignment.ref();
        if (!held.containsKey(ref)) {
            held.put(ref, null);
            int mine = life;
            time.in(time.upTo(1_500), () -> finish(mine, ref));
        }
    }

    void stop(String node, Stop stop) {
        if (!node.equals(node())) {
            throw Problem.busy("nobody serves it");
        }
        stop.endings().forEach(ending -> end(life, ending.ref(), ending.reason()));
    }

    private void finish(int mine, Ref ref) {
        if (mine != life || !held.containsKey(ref)) {
            return;
        }
        if (isStill()) {
            time.in(stillUntil - time.millis() + 1, () -> finish(mine, ref));
            return;
        }
        held.computeIfAbsent(
                ref,
                unused -> time.chance(0.7)
                        ? Outcome.SUCCESS
                        : Outcome.failed("exit_code", "it exited with 1", time.chance(0.8)));
        report(mine, ref);
    }

    private void report(int mine, Ref ref) {
        var outcome = mine == life ? held.get(ref) : null;
        if (outcome == null) {
            return;
        }
        var report = new Report(name, node(), List.of(News.finished(ref, outcome, "1", null)));
        world.toLeader(leader -> leader.hear(report).onSuccess(verdicts -> {
            if (verdicts.get(0) == Verdict.ACCEPTED && outcome.isSuccess()) {
                world.succeeded(ref);
            }
            time.in(time.upTo(30), () -> held.remove(ref));
        }));
        time.in(REPEAT_MILLIS, () -> report(mine, ref));
    }
}
