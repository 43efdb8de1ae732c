package dev.skein.coordinator.remote;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.skein.bus.Bus;
import dev.skein.bus.Contract;
import dev.skein.bus.NodeAddress;
import dev.skein.coordinator.TestClock;
import dev.skein.coordinator.job.RunnerLink;
import dev.skein.coordinator.remote.RemotePool.Door;
import dev.skein.job.JobRuns.Assignment;
import dev.skein.job.JobRuns.News;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.JobRuns.Renew;
import dev.skein.job.JobRuns.Renewed;
import dev.skein.job.JobRuns.Report;
import dev.skein.job.JobRuns.Run;
import dev.skein.job.JobRuns.Stop;
import dev.skein.job.JobRuns.Stopping;
import dev.skein.job.JobRuns.Taken;
import dev.skein.job.Remotes;
import dev.skein.job.Remotes.Added;
import dev.skein.job.Remotes.Spec;
import dev.skein.job.Remotes.View;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.store.SqliteStore;
import dev.skein.store.StoreConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;

/** Workers over HTTP on a real bus and a real store; the queue is the test's. */
final class PoolRig implements AutoCloseable {
    private static final Caller ANN = new Caller("ann", "admin", "r1");
    private static final Duration LONG = Duration.ofSeconds(60);

    final Vertx vertx = Vertx.vertx();
    final TestClock clock = new TestClock();
    final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final Bus bus = new Bus(vertx, NodeAddress.of("n1"));
    private final BlockingQueue<Renew> renewals = new LinkedBlockingQueue<>();
    private final Context loop = vertx.getOrCreateContext();
    private final RemoteLink link = new RemoteLink(new NoMembers());

    private static final class NoMembers implements RunnerLink {
        @Override
        public Future<Taken> run(String node, Run run) {
            return Future.failedFuture(Problem.unreachable(node));
        }

        @Override
        public Future<Stopping> stop(String node, Stop stop) {
            return Future.failedFuture(Problem.unreachable(node));
        }
    }

    /** The queue, which takes everything. */
    private final class Queue implements Door {
        @Override
        public Renewed renew(Renew renew) {
            renewals.add(renew);
            return new Renewed(1, LONG.toMillis(), List.of());
        }

        @Override
        public Future<?> report(Report report) {
            news.addAll(report.news());
            return Future.succeededFuture();
        }

        @Override
        public void left(String node) {}
    }

    PoolRig(Path folder, RemoteConfig config) throws Exception {
        bus.register(List.<Contract>of(Remotes.ADD, Remotes.REMOVE, Remotes.LIST));
        on(() -> SqliteStore.open(vertx, folder, StoreConfig.DEFAULTS, SteadyClock.system())
                .compose(store -> link.open(
                        bus,
                        new Queue(),
                        new RemoteLink.Ground(
                                vertx,
                                store,
                                clock,
                                config,
                                worker -> "token for " + worker,
                                mark -> bus.here().mark().equals(mark)))));
    }

    String mark() {
        return bus.here().mark();
    }

    private <T> T on(Callable<Future<T>> work) throws Exception {
        Promise<T> done = Promise.promise();
        loop.runOnContext(ignored -> {
            try {
                work.call().onComplete(done);
            } catch (Exception failed) {
                done.fail(failed);
            }
        });
        return done.future().await(60, SECONDS);
    }

    Added add(Spec spec) throws Exception {
        return bus.ask(Remotes.ADD, new Remotes.Add(spec, ANN), LONG).await(60, SECONDS);
    }

    void remove(Spec spec) throws Exception {
        bus.ask(Remotes.REMOVE, new Remotes.Remove(spec.id(), ANN), LONG).await(60, SECONDS);
    }

    List<View> list() throws Exception {
        return bus.ask(Remotes.LIST, new Remotes.ListAll(), LONG)
                .await(60, SECONDS)
                .workers();
    }

    void run(Spec spec, Ref ref) throws Exception {
        var work = new Assignment(ref, "cipher", "{}", 0, 0, 0, null);
        on(() -> link.run("http:" + spec.id(), new Run(1, LONG.toMillis(), List.of(work))));
    }

    /** What the worker holds, as the queue is told. */
    List<Ref> held() throws Exception {
        renewals.clear();
        on(() -> {
            link.tick();
            return Future.succeededFuture();
        });
        return renewals.stream().flatMap(renewal -> renewal.held().stream()).toList();
    }

    @Override
    public void close() throws Exception {
        vertx.close().await(60, SECONDS);
    }
}
