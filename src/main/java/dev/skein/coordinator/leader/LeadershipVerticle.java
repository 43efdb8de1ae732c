package dev.skein.coordinator.leader;

import dev.skein.bus.Bus;
import dev.skein.cluster.Membership;
import dev.skein.store.Store;
import dev.skein.store.lease.FencedStore;
import dev.skein.store.lease.Lease;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands for leader, and runs the coordinator for as long as it is. */
public final class LeadershipVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(LeadershipVerticle.class);
    private static final Duration STOP_MAX = Duration.ofSeconds(5);
    private static final long WATCH_MILLIS = 250;

    /** What runs while this node leads. */
    @FunctionalInterface
    public interface Role {
        /** Made anew for every term; {@code news} ends with the term. */
        Deployable of(Term term, Membership news);
    }

    private final Bus bus;
    private final LeaderConfig config;
    private final Store store;
    private final News news;
    private final Candidacy candidacy;
    private final Role role;
    private final InstantSource clock;
    private @Nullable Candidate candidate;
    private @Nullable Deployed deployed;
    private Future<?> changes = Future.succeededFuture(); // one change at a time, in order

    private record Deployed(long epoch, String id) {}

    /** Everything is open already; the verticle closes none of it. */
    public LeadershipVerticle(
            Bus bus, LeaderConfig config, Store store, Membership membership, InstantSource clock, Role role) {
        this.bus = bus;
        this.config = config;
        this.store = store;
        this.news = new News(membership);
        this.candidacy = new Candidacy(bus, store, membership);
        this.clock = clock;
        this.role = role;
    }

    /** Completes when it leads and serves, or knows that it does not. */
    @Override
    public Future<?> start() {
        return candidacy.enter().compose(entered -> take());
    }

    private Future<?> take() {
        if (store.dialect().isExclusive()) {
            return leadAlone();
        }
        return stand();
    }

    /** Opening the store has kept all others out, so the epoch only has to be a new one. */
    private Future<?> leadAlone() {
        var lease = new Lease(store.dialect(), bus.here().toString(), config.lease());
        return store.write(tx -> lease.take(tx, true)).compose(row -> {
            var fenced =
                    new FencedStore(store, row.epoch(), () -> true, why -> log.error("epoch {}: {}", row.epoch(), why));
            return vertx.deployVerticle(role.of(Term.sole(row.epoch(), fenced), news));
        });
    }

    private Future<?> stand() {
        Promise<Void> decided = Promise.promise();
        var standing = new Candidate(store, config, bus.here().toString(), clock, new Desk(context, decided));
        candidate = standing;
        standing.start();
        vertx.setPeriodic(WATCH_MILLIS, timer -> watch(standing));
        return decided.future();
    }

    /** The candidate's thread may wait for the store; the end of its belief must not. */
    private void watch(Candidate standing) {
        var now = deployed;
        if (now != null && !standing.holds(now.epoch)) {
            change(() -> end(now.epoch));
        }
    }

    private Future<?> begin(long epoch) {
        var standing = candidate;
        if (standing == null || !standing.holds(epoch)) {
            return Future.succeededFuture();
        }
        var fenced = new FencedStore(store, epoch, () -> standing.holds(epoch), why -> standing.doubt(epoch, why));
        var term = new Term(epoch, fenced, () -> standing.holds(epoch));
        return vertx.deployVerticle(role.of(term, news))
                .onSuccess(id -> deployed = new Deployed(epoch, id))
                .onFailure(cause -> {
                    log.error("cannot lead in epoch {}: {}", epoch, cause.getMessage());
                    news.forgetListeners();
                    standing.doubt(epoch, "the coordinator did not start");
                });
    }

    private Future<?> end(long epoch) {
        var now = deployed;
        if (now == null || now.epoch != epoch) {
            return Future.succeededFuture();
        }
        deployed = null;
        news.forgetListeners();
        return vertx.undeploy(now.id)
                .timeout(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS) // a node outside of its cluster may wait for long
                .onSuccess(done -> log.info("follows since the end of epoch {}", epoch))
                .onFailure(cause -> log.warn("what ran in epoch {} is slow to end, but fenced", epoch));
    }

    private Future<?> change(Supplier<Future<?>> next) {
        changes = changes.otherwiseEmpty().compose(done -> next.get());
        return changes;
    }

    /** By now what was deployed from here is undeployed, so whoever leads next need not wait for anything. */
    @Override
    public Future<?> stop() {
        var standing = candidate;
        if (standing == null) {
            return Future.succeededFuture();
        }
        deployed = null;
        return vertx.executeBlocking(() -> {
            standing.stop(STOP_MAX);
            return true;
        });
    }

    /** Brings what the candidate's thread says onto the event loop. */
    private final class Desk implements Candidate.Office {
        private final Context here;
        private final Promise<Void> decided;

        Desk(Context here, Promise<Void> decided) {
            this.here = here;
            this.decided = decided;
        }

        @Override
        public void lead(long epoch) {
            here.runOnContext(ignored -> change(() -> begin(epoch)).onComplete(done -> decided.tryComplete()));
        }

        @Override
        public void stepDown(long epoch, String why) {
            here.runOnContext(ignored -> change(() -> end(epoch)));
        }

        @Override
        public void follow() {
            here.runOnContext(ignored -> decided.tryComplete());
        }
    }
}
