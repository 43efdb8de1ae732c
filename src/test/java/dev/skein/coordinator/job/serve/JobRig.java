package dev.skein.coordinator.job.serve;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.skein.bus.Bus;
import dev.skein.bus.Contract;
import dev.skein.bus.Endpoint;
import dev.skein.bus.NodeAddress;
import dev.skein.coordinator.TestClock;
import dev.skein.coordinator.job.JobsConfig;
import dev.skein.coordinator.leader.Term;
import dev.skein.job.Job;
import dev.skein.job.JobRuns;
import dev.skein.job.JobRuns.Assignment;
import dev.skein.job.JobRuns.Ending;
import dev.skein.job.JobRuns.News;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.JobRuns.Renew;
import dev.skein.job.JobRuns.Renewed;
import dev.skein.job.JobRuns.Report;
import dev.skein.job.JobRuns.Room;
import dev.skein.job.JobRuns.Runner;
import dev.skein.job.JobRuns.Verdict;
import dev.skein.job.JobSpec;
import dev.skein.job.Jobs;
import dev.skein.job.Schedules;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.store.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The leader's side of jobs on a real bus and a real store, and a worker that does what the test says. */
final class JobRig {
    static final Caller ANN = new Caller("ann", "operator", "r1");
    private static final Duration LONG = Duration.ofSeconds(30);

    final Vertx vertx = Vertx.vertx();
    final Bus bus = new Bus(vertx, new NodeAddress("n1", "1"));
    final TestClock clock = new TestClock();
    final BlockingQueue<Assignment> assignments = new LinkedBlockingQueue<>();
    final BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();
    private final Store store;
    private final JobsConfig config;
    private Context loop;
    private String deployed;
    private JobService service;
    private long epoch;

    JobRig(Store store, JobsConfig config) {
        this.store = store;
        this.config = config;
        bus.register(List.<Contract>of(
                Jobs.SUBMIT, Jobs.SUBMIT_MANY, Jobs.GET, Jobs.LIST, Jobs.CANCEL, Jobs.RETRY, Jobs.PARK, Jobs.WHY));
        bus.register(List.<Contract>of(Jobs.STATS, Jobs.CLEAR, Jobs.LOGS, Jobs.RUNNERS));
        bus.register(List.<Contract>of(JobRuns.RUN, JobRuns.STOP, JobRuns.REPORT, JobRuns.RENEW, JobRuns.TAIL));
        bus.register(List.<Contract>of(Schedules.PUT, Schedules.GET, Schedules.LIST, Schedules.DELETE));
        bus.register(List.<Contract>of(Schedules.PAUSE));
        bus.serveHere(JobRuns.RUN, run -> {
            assignments.addAll(run.assignments());
            return Future.succeededFuture(new JobRuns.Taken(List.of()));
        });
        bus.serveHere(JobRuns.STOP, stop -> {
            endings.addAll(stop.endings());
            return Future.succeededFuture(new JobRuns.Stopping());
        });
    }

    /** A new term of the leader. */
    JobRig lead() throws Exception {
        if (deployed != null) {
            vertx.undeploy(deployed).await(10, SECONDS);
        }
        deployed = vertx.deployVerticle(new VerticleBase() {
                    @Override
                    public Future<?> start() {
                        loop = vertx.getOrCreateContext();
                        return JobService.open(
                                        bus,
                                        Term.sole(++epoch, store),
                                        config,
                                        new JobService.Node(clock, new SimpleMeterRegistry()))
                                .compose(opened -> {
                                    service = opened;
                                    return opened.mount(bus);
                                });
                    }
                })
                .await(20, SECONDS);
        return this;
    }

    void close() throws Exception {
        vertx.close().await(10, SECONDS);
    }

    /** Lets so much time pass, and the leader look at the clock. */
    void pass(Duration time) throws Exception {
        clock.advance(time);
        Promise<Void> done = Promise.promise();
        loop.runOnContext(ignored -> {
            service.tick();
            service.look();
            done.complete();
        });
        done.future().await(10, SECONDS);
        store.write(tx -> 1).await(10, SECONDS); // after what the leader has just written
        Promise<Void> told = Promise.promise();
        loop.runOnContext(ignored -> told.complete());
        told.future().await(10, SECONDS);
    }

    <Q extends Record, R extends Record> R ask(Endpoint<Q, R> endpoint, Q request) throws Exception {
        return bus.ask(endpoint, request, LONG).await(30, SECONDS);
    }

    Renewed renew(String worker, int slots, Ref... held) throws Exception {
        return renew(bus.here().toString(), worker, slots, held);
    }

    Renewed renewFrom(String node, String worker) throws Exception {
        return renew(node, worker, 1);
    }

    private Renewed renew(String node, String worker, int slots, Ref... held) throws Exception {
        var runner = new Runner(worker, node, List.of("exec", "mcp"), List.of(), List.of());
        return ask(JobRuns.RENEW, new Renew(runner, new Room(slots, 1L << 32, null), List.of(held), false, epoch));
    }

    Verdict report(String worker, News news) throws Exception {
        return ask(JobRuns.REPORT, new Report(worker, bus.here().toString(), List.of(news)))
                .verdicts()
                .get(0);
    }

    Assignment nextAssignment() throws Exception {
        var next = assignments.poll(20, SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was assigned");
        }
        return next;
    }

    String submit(JobSpec spec) throws Exception {
        return ask(Jobs.SUBMIT, new Jobs.Submit(spec, ANN)).id();
    }

    Job get(String id) throws Exception {
        return ask(Jobs.GET, new Jobs.Get(id, 0, true));
    }
}
