package dev.skein.coordinator.sim;

import dev.skein.coordinator.ControlPlane;
import dev.skein.coordinator.CoordinatorConfig;
import dev.skein.coordinator.leader.Election;
import dev.skein.coordinator.leader.Election.Effect;
import dev.skein.coordinator.leader.Election.Lead;
import dev.skein.coordinator.leader.Election.Release;
import dev.skein.coordinator.leader.Election.Renew;
import dev.skein.coordinator.leader.Election.State;
import dev.skein.coordinator.leader.Election.Step;
import dev.skein.coordinator.leader.Election.StepDown;
import dev.skein.coordinator.leader.Election.Take;
import dev.skein.coordinator.leader.LeaderConfig;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.link.HostLink;
import dev.skein.store.Store;
import dev.skein.store.lease.Lease.Row;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One coordinator node: the real election and, while it leads, the real control plane, over a clock of its own. */
final class SimNode {
    private static final LeaderConfig RULES = LeaderConfig.DEFAULTS;
    static final String STORE = "store";

    final String name;
    private final SimNet net;
    private final SimStore store;
    private final Function<SimNode, HostLink> links;
    private final InstantSource clock;
    private final Queue<Runnable> unread = new ArrayDeque<>(); // what came while it was stopped
    private Election election;
    private State state;
    private int life;
    private boolean asking;
    private @Nullable ControlPlane plane;
    private long epoch;
    private long doubted; // the epoch in which nothing is written any more
    private Duration offset = Duration.ZERO;
    boolean alive = true;
    boolean stopped;

    SimNode(String name, SimNet net, SimStore store, InstantSource world, Function<SimNode, HostLink> links) {
        this.name = name;
        this.net = net;
        this.store = store;
        this.links = links;
        this.clock = () -> world.instant().plus(offset);
        this.election = new Election(RULES, self());
        this.state = election.start(now());
    }

    private String self() {
        return name + "@" + life;
    }

    private Instant now() {
        return clock.instant();
    }

    int life() {
        return life;
    }

    /** Its clock leaps ahead, or stands still while the world's goes on. */
    void shift(Duration by) {
        offset = offset.plus(by);
    }

    void crash() {
        alive = false;
        stopped = false;
        plane = null;
        unread.clear();
    }

    void start() {
        if (!alive) {
            alive = true;
            asking = false;
            life++;
            election = new Election(RULES, self());
            state = election.start(now());
        }
    }

    void resume() {
        stopped = false;
        while (!unread.isEmpty()) {
            unread.remove().run();
        }
    }

    /** A message for it, in its present life. */
    void receive(int sentTo, Runnable message) {
        if (alive && life == sentTo) {
            if (stopped) {
                unread.add(() -> receive(sentTo, message));
            } else {
                message.run();
            }
        }
    }

    boolean leads() {
        return alive && plane != null && Election.holds(state, epoch, now());
    }

    /** The plane it would ask, whether or not it still leads. */
    @Nullable
    ControlPlane plane() {
        return stopped ? null : plane;
    }

    /** A request to it, refused before and after when the term is over. */
    <T> Future<T> ask(Function<ControlPlane, Future<T>> request) {
        var asked = plane;
        if (asked == null || !leads()) {
            return Future.failedFuture(Problem.busy("no_leader", "not here"));
        }
        return request.apply(asked)
                .compose(answer -> leads() && plane == asked
                        ? Future.succeededFuture(answer)
                        : Future.failedFuture(Problem.busy("no_leader", "not any more")));
    }

    /** Time has passed. */
    void wake() {
        if (alive && !stopped) {
            if (plane != null && !leads()) {
                plane = null;
            }
            if (!asking) {
                take(election.woken(state, now()));
            }
        }
    }

    void tick(boolean sweeps) {
        var mine = plane;
        if (!stopped && leads() && mine != null) {
            mine.tick();
            if (sweeps) {
                mine.sweep();
            }
        }
    }

    private void take(Step step) {
        state = step.state();
        step.effects().forEach(this::carryOut);
    }

    private void carryOut(Effect effect) {
        if (effect instanceof Take take) {
            var me = self();
            ask(() -> store.take(me, take.reclaim()));
        } else if (effect instanceof Renew renew) {
            var me = self();
            ask(() -> store.renew(me, renew.epoch()));
        } else if (effect instanceof Release release) {
            var me = self();
            send(() -> store.release(me, release.epoch()));
        } else if (effect instanceof Lead lead) {
            lead(lead.epoch());
        } else if (effect instanceof StepDown down && epoch == down.epoch()) {
            plane = null;
        }
    }

    private void send(Runnable work) {
        if (!net.loses(name, STORE)) {
            net.later(work);
        }
    }

    /** As a session does: it waits for so long, and what it has asked may be done all the same. */
    private void ask(Supplier<Row> question) {
        asking = true;
        var asked = now();
        int mine = life;
        if (net.loses(name, STORE)) {
            net.later(() -> receive(mine, this::unanswered));
            return;
        }
        net.later(() -> {
            var row = question.get();
            boolean lost = net.loses(STORE, name);
            net.later(() -> receive(mine, () -> answered(lost, asked, row)));
        });
    }

    private void answered(boolean lost, Instant asked, Row row) {
        if (lost || Duration.between(asked, now()).compareTo(RULES.answerDeadline()) > 0) {
            unanswered();
        } else {
            asking = false;
            take(election.answered(state, asked, row, now()));
        }
    }

    private void unanswered() {
        asking = false;
        take(election.unanswered(state, now()));
    }

    private void doubt(long writer, String why) {
        doubted = writer;
        int mine = life;
        net.later(() -> receive(mine, () -> take(election.doubted(state, writer, why, now()))));
    }

    private void lead(long newEpoch) {
        commit(newEpoch, () -> store.load(newEpoch))
                .onSuccess(loaded -> begin(newEpoch, loaded))
                .onFailure(cause -> doubt(newEpoch, "the coordinator did not start"));
    }

    private void begin(long newEpoch, ClusterState loaded) {
        if (Election.holds(state, newEpoch, now())) {
            epoch = newEpoch;
            plane = new ControlPlane(
                    CoordinatorConfig.DEFAULTS,
                    loaded,
                    (before, after, audits) -> commit(newEpoch, () -> {
                                store.write(newEpoch, before, after);
                                return after;
                            })
                            .mapEmpty(),
                    links.apply(this),
                    sources -> Future.succeededFuture(Map.of()),
                    clock);
        }
    }

    /** A fenced transaction: refused here, refused there, done, or nobody knows. */
    private Future<ClusterState> commit(long writer, Supplier<ClusterState> work) {
        if (store.isFenced && (doubted == writer || !Election.holds(state, writer, now()))) {
            return Future.failedFuture(Problem.busy("no_leader", "over"));
        }
        int mine = life;
        Promise<ClusterState> promise = Promise.promise();
        if (net.loses(name, STORE)) {
            net.later(() -> receive(mine, () -> unknown(writer, promise)));
        } else {
            net.later(() -> commitThere(mine, writer, work, promise));
        }
        return promise.future();
    }

    private void commitThere(int mine, long writer, Supplier<ClusterState> work, Promise<ClusterState> promise) {
        try {
            var done = work.get();
            boolean lost = net.loses(STORE, name);
            net.later(() -> receive(mine, () -> {
                if (lost) {
                    unknown(writer, promise);
                } else {
                    promise.complete(done);
                }
            }));
        } catch (Problem refused) {
            net.later(() -> receive(mine, () -> refused(writer, refused, promise)));
        }
    }

    private void refused(long writer, Problem refused, Promise<ClusterState> promise) {
        if (refused.code().equals("no_leader")) {
            doubt(writer, "a later epoch has begun");
        }
        promise.fail(refused);
    }

    private void unknown(long writer, Promise<ClusterState> promise) {
        doubt(writer, "the outcome of a commit is unknown");
        promise.fail(new Problem(Kind.BUSY, Store.UNKNOWN, "unknown", List.of()));
    }
}
