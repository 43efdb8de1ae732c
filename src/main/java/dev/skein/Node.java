package dev.skein;

import dev.skein.audit.AuditWriter;
import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.bus.seal.Credentials;
import dev.skein.cluster.Cluster;
import dev.skein.cluster.Membership;
import dev.skein.cluster.Reachability;
import dev.skein.cluster.Self;
import dev.skein.tls.TlsFiles;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node, from its settings to serving. {@link #start} is the table of contents of the system. */
final class Node {
    private static final Logger log = LoggerFactory.getLogger(Node.class);
    private static final long BLOCKED_MILLIS = 500;
    private static final int REACHED_TRIES = 100;

    private final NodeSettings settings;
    private final NodeAddress here;
    private final Clocks clocks = Clocks.system();
    private volatile @Nullable Vertx vertx;
    private volatile @Nullable Roles roles;
    private volatile @Nullable Guards guards;

    Node(NodeSettings settings) {
        this.settings = settings;
        this.here = NodeAddress.of(settings.node().id());
    }

    /** Completes when this node serves and, in a cluster, a peer has reached it; fails when it never will. */
    Future<?> start() {
        return Future.succeededFuture(settings)
                .map(given -> Guards.open(given, clocks))
                .onSuccess(opened -> guards = opened)
                .compose(this::join)
                .compose(this::serve)
                .onFailure(cause -> closeGuards()); // what was refused until then is in the audit
    }

    /** Of one that has started: completes when it has done all jobs that it takes; without a bound when it stops. */
    Future<?> done() {
        return Objects.requireNonNull(roles).done();
    }

    /** Stops taking work, hands over what it holds and leaves; later calls answer like the first. */
    Future<?> stop() {
        var started = roles;
        Future<?> stopping = started == null ? Future.succeededFuture() : started.stop();
        Promise<Void> left = Promise.promise(); // of no context: those of Vert.x end with it and tell nothing more
        stopping.onComplete(stopped -> leave().onComplete(gone -> settle(left, stopped.failed() ? stopped : gone)));
        return left.future().onComplete(done -> closeGuards());
    }

    private static void settle(Promise<Void> promise, AsyncResult<?> outcome) {
        if (outcome.failed()) {
            promise.fail(outcome.cause());
        } else {
            promise.complete();
        }
    }

    private Future<Void> leave() {
        var last = vertx;
        return last == null ? Future.succeededFuture() : last.close();
    }

    private void closeGuards() {
        var opened = guards;
        if (opened != null) {
            opened.close();
        }
    }

    private Future<Joined> join(Guards opened) {
        var options = new VertxOptions().setMaxEventLoopExecuteTime(BLOCKED_MILLIS);
        options.setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS);
        if (!settings.cluster().enabled()) {
            return Future.succeededFuture(new Joined(Vertx.vertx(options), Membership.alone(here), () -> {}, opened));
        }
        var self = new Self(here, settings.node().has("coordinator"), opened.credentials(), opened.audit());
        return Cluster.join(options, settings.cluster(), self)
                .map(cluster -> new Joined(cluster.vertx(), cluster, cluster::republish, opened));
    }

    private record Joined(Vertx vertx, Membership membership, Runnable republish, Guards guards) {}

    private Future<?> serve(Joined joined) {
        vertx = joined.vertx;
        var bus = new Bus(joined.vertx, here, joined.guards.credentials(), joined.guards.audit());
        bus.register(Contracts.ALL);
        joined.membership.onLeft(bus::forget);
        var reachability = new Reachability(joined.vertx, bus, joined.membership);
        var made = new Roles(joined.vertx, bus, joined.membership, settings, joined.guards);
        roles = made;
        return reachability
                .serve()
                .compose(done -> reachability.reached(REACHED_TRIES))
                .compose(done -> made.start())
                .onSuccess(done -> reachability.watch(joined.republish))
                .onSuccess(done ->
                        log.info("{} is ready as {}", here, settings.node().verticles()));
    }

    /** What a node opens before anything else: its audit, and what it proves itself with. */
    record Guards(AuditWriter audit, Credentials credentials, Clocks clocks) implements AutoCloseable {
        static Guards open(NodeSettings settings, Clocks clocks) {
            var audit = AuditWriter.open(settings.node().dataDir(), settings.audit(), clocks.wall(), clocks.steady());
            return new Guards(audit, new Credentials(settings.cluster().joinKeys(), busTls(settings, audit)), clocks);
        }

        private static @Nullable TlsFiles busTls(NodeSettings settings, AuditWriter audit) {
            return settings.cluster().enabled() && settings.busTls().isOn()
                    ? TlsFiles.open(settings.busTls(), "bus", audit)
                    : null;
        }

        @Override
        public void close() {
            var tls = credentials.tls();
            if (tls != null) {
                tls.close();
            }
            audit.close();
        }
    }
}
