package dev.skein.coordinator.remote;

import dev.skein.bus.Bus;
import dev.skein.coordinator.job.RunnerLink;
import dev.skein.coordinator.remote.Remote.Call;
import dev.skein.coordinator.remote.RemoteHttp.Reply;
import dev.skein.job.JobRuns.Assignment;
import dev.skein.job.JobRuns.Ending;
import dev.skein.job.JobRuns.News;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.JobRuns.Renew;
import dev.skein.job.JobRuns.Renewed;
import dev.skein.job.JobRuns.Report;
import dev.skein.job.JobRuns.Run;
import dev.skein.job.JobRuns.Stop;
import dev.skein.job.JobRuns.Stopping;
import dev.skein.job.JobRuns.Taken;
import dev.skein.job.Outcome;
import dev.skein.job.Remotes;
import dev.skein.job.Remotes.Add;
import dev.skein.job.Remotes.Added;
import dev.skein.job.Remotes.Removed;
import dev.skein.job.Remotes.Spec;
import dev.skein.kernel.Problem;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All workers over HTTP: who they are, how they are, and what they do. Confined to the coordinator's event loop. */
public final class RemotePool implements RunnerLink {
    private static final Logger log = LoggerFactory.getLogger(RemotePool.class);
    private static final int WORKERS_MAX = 1_000;
    private static final String OWN = "a node of this very cluster, which is given jobs over the bus already";

    private final RemoteConfig config;
    private final RemoteHttp http;
    private final RemoteRows rows;
    private final Door door;
    private final InstantSource clock;
    private final Predicate<String> isOwn;
    private final Map<String, Remote> remotes = new TreeMap<>();

    /** The queue, as any runtime sees it. */
    public interface Door {
        Renewed renew(Renew renew);

        Future<?> report(Report report);

        /** Whoever is at the node must answer now, or loses what it has. */
        void left(String node);
    }

    /**
     * What it sees by itself.
     *
     * @param isOwn whether a node of this cluster bears that mark
     */
    record Eyes(InstantSource clock, Predicate<String> isOwn) {}

    RemotePool(RemoteConfig config, RemoteHttp http, RemoteRows rows, Door door, Eyes eyes) {
        this.config = config;
        this.http = http;
        this.rows = rows;
        this.door = door;
        this.clock = eyes.clock;
        this.isOwn = eyes.isOwn;
    }

    /** Whether a runtime is one of these. */
    static boolean isRemote(String node) {
        return node.startsWith(Remote.node(""));
    }

    /** Those of the settings and those that were added; none of them is waited for. */
    Future<?> open() {
        var given = WorkerNodes.parse(config.workers());
        given.faults().forEach(fault -> log.warn("remote.workers: {}; it is left out", fault));
        given.workers().forEach(this::know);
        return rows.load().onSuccess(kept -> {
            kept.forEach(this::know);
            poll();
        });
    }

    Future<?> mount(Bus bus) {
        return Future.all(
                bus.serve(Remotes.ADD, this::add).completion(),
                bus.serve(Remotes.REMOVE, ask -> remove(ask.id())).completion(),
                bus.serve(
                                Remotes.LIST,
                                ask -> Future.succeededFuture(new Remotes.Listed(remotes.values().stream()
                                        .map(remote -> remote.view(config.slots(), clock.millis()))
                                        .toList())))
                        .completion());
    }

    private Remote know(Spec spec) {
        var made = new Remote(spec, clock.millis());
        remotes.put(spec.id(), made);
        return made;
    }

    private Future<Added> add(Add ask) {
        Spec spec;
        try {
            spec = WorkerNodes.check(ask.spec());
        } catch (IllegalArgumentException wrong) {
            return Future.failedFuture(Problem.invalid("the worker " + wrong.getMessage()));
        }
        if (remotes.size() >= WORKERS_MAX && !remotes.containsKey(spec.id())) {
            return Future.failedFuture(Problem.invalid("there are " + WORKERS_MAX + " remote workers already"));
        }
        return http.resolve(spec)
                .compose(pinned -> http.health(spec, pinned)
                        .recover(cause -> Future.failedFuture(RemoteHttp.unreachable(
                                spec.id() + " did not answer GET /health: " + cause.getMessage())))
                        .map(reply -> known(spec, reply))
                        .compose(health -> rows.put(spec).map(done -> added(spec, pinned, health))));
    }

    /** Who does not speak as a worker does is given nothing. */
    private Health known(Spec spec, Reply reply) {
        var health = Health.parse(reply.text());
        if (health == null) {
            throw RemoteHttp.unreachable(spec.id() + " answered GET /health with HTTP " + reply.status()
                    + " and not as a worker does, {\"status\":…,\"capabilities\":[…]}");
        }
        if (isOwn.test(health.instance())) {
            throw Problem.conflict("own_cluster", spec.id() + " is " + OWN);
        }
        return health;
    }

    /** One that is known stays the same, with all that it does. */
    private Added added(Spec spec, InetAddress pinned, Health health) {
        var before = remotes.get(spec.id());
        var remote = before == null ? know(spec) : before;
        remote.spec = spec;
        remote.pinned = pinned;
        remote.heard(health, clock.millis());
        renew(remote);
        return new Added(remote.view(config.slots(), clock.millis()), before != null);
    }

    private Future<Removed> remove(String id) {
        var remote = remotes.get(id);
        if (remote == null) {
            return Future.failedFuture(Problem.notFound("worker_not_found", "no remote worker " + id));
        }
        return rows.remove(remote.spec).map(done -> {
            remotes.remove(id, remote);
            int running = remote.calls.size();
            giveUp(remote, "it was removed");
            return new Removed(id, running);
        });
    }

    /** To be called every {@link RemoteConfig#poll}. */
    void poll() {
        List.copyOf(remotes.values()).forEach(this::poll);
    }

    private void poll(Remote remote) {
        if (remote.isAsked) {
            return;
        }
        remote.isAsked = true;
        var pinned = remote.pinned;
        var address = pinned == null
                ? http.resolve(remote.spec).onSuccess(found -> remote.pinned = found)
                : Future.succeededFuture(pinned);
        address.compose(found -> http.health(remote.spec, found)).onComplete(done -> {
            remote.isAsked = false;
            if (remotes.get(remote.spec.id()) == remote) {
                answered(remote, done);
            }
        });
    }

    private void answered(Remote remote, AsyncResult<Reply> done) {
        var said = done.succeeded() ? Health.parse(done.result().text()) : null;
        if (said == null) {
            var why = done.succeeded()
                    ? "GET /health answered " + done.result().status() + " and nothing a worker says"
                    : String.valueOf(done.cause().getMessage());
            giveUp(remote, why);
        } else if (isOwn.test(said.instance())) {
            giveUp(remote, "it is " + OWN);
        } else {
            remote.heard(said, clock.millis());
            if (remote.isWell()) {
                renew(remote);
            } else {
                giveUp(remote, "it is unhealthy");
                remote.heard(said, clock.millis());
            }
        }
    }

    /** Leaves the pool until it is well again; what it does is given to others. */
    private void giveUp(Remote remote, String why) {
        if (remote.isWell() || !remote.isSaid(why)) {
            log.warn("{} is left out: {}", remote.spec.id(), why);
        }
        remote.silent(why);
        var broken = List.copyOf(remote.calls.values());
        remote.calls.clear(); // before they end, so that their end is no news
        broken.forEach(Call::breakOff);
        door.left(remote.node());
    }

    /** To be called each second: those that are well keep what they have. */
    void tick() {
        List.copyOf(remotes.values()).forEach(this::renew);
    }

    private void renew(Remote remote) {
        var renewal = remote.renewal(config.slots());
        if (renewal == null) {
            return;
        }
        try {
            door.renew(renewal).endings().forEach(ending -> end(remote, ending));
        } catch (Problem refused) {
            log.warn("{} is not taken: {}", remote.spec.id(), refused.sentence());
        }
    }

    private @Nullable Remote at(String node) {
        var remote = remotes.get(node.substring(Remote.node("").length()));
        return remote == null || !remote.isWell() ? null : remote;
    }

    @Override
    public Future<Taken> run(String node, Run run) {
        var remote = at(node);
        var pinned = remote == null ? null : remote.pinned;
        if (remote == null || pinned == null) {
            return Future.failedFuture(Problem.busy("worker_gone", node + " is not there"));
        }
        for (var work : run.assignments()) {
            begin(remote, pinned, work);
        }
        return Future.succeededFuture(new Taken(List.of()));
    }

    private void begin(Remote remote, InetAddress pinned, Assignment work) {
        var call = new Call(clock.millis());
        remote.calls.put(work.ref(), call);
        http.run(remote.spec, pinned, work, call).onComplete(done -> ended(remote, work.ref(), call, done));
    }

    private void ended(Remote remote, Ref ref, Call call, AsyncResult<Reply> done) {
        if (!remote.calls.remove(ref, call)) {
            return;
        }
        var ending = call.ending;
        if (ending == null) {
            var log = Remotes.place(remote.spec.id()) + call.end(done, clock.millis());
            report(
                    remote,
                    with(
                            log,
                            done.succeeded()
                                    ? RemoteAnswer.news(ref, done.result())
                                    : lost(remote, ref, done.cause())));
        } else {
            var outcome = Call.outcome(ending);
            if (outcome != null) {
                report(remote, News.finished(ref, outcome, null, Remotes.place(remote.spec.id())));
            }
        }
    }

    private void report(Remote remote, News news) {
        door.report(new Report(remote.spec.id(), remote.node(), List.of(news)))
                .onFailure(cause -> log.warn("{}: the end of {} was not kept", remote.spec.id(), news.ref(), cause));
    }

    private static News with(String log, News news) {
        return new News(news.ref(), news.what(), news.progress(), news.outcome(), news.result(), log);
    }

    private News lost(Remote remote, Ref ref, Throwable cause) {
        poll(remote);
        var text = remote.spec.id() + " did not answer: " + cause.getMessage();
        return News.finished(ref, Outcome.lost("worker_unreachable", text), null, null);
    }

    @Override
    public Future<Stopping> stop(String node, Stop stop) {
        var remote = at(node);
        if (remote == null) {
            return Future.failedFuture(Problem.unreachable(node + " is not there"));
        }
        stop.endings().forEach(ending -> end(remote, ending));
        return Future.succeededFuture(new Stopping());
    }

    private void end(Remote remote, Ending ending) {
        var call = remote.calls.get(ending.ref());
        var pinned = remote.pinned;
        if (call != null && call.ending == null && pinned != null) {
            call.ending = ending;
            http.cancel(remote.spec, pinned, ending.ref());
            call.breakOff();
        }
    }
}
