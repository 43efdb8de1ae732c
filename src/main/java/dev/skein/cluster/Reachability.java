package dev.skein.cluster;

import dev.skein.bus.Bus;
import dev.skein.bus.Endpoint;
import dev.skein.bus.NodeAddress;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node can be reached over the bus, as seen by its peers. Being a member is not enough: a subscription
 * reaches the others late and may be lost when the cluster changes.
 */
public final class Reachability {
    /** Asked of a peer: call {@code node} back. */
    public record CallBack(String node) {}

    public record Reached(String by) {}

    /** Served here by every node: asks the node that is named and passes its answer on. */
    public static final Endpoint<CallBack, Reached> CALL_BACK =
            new Endpoint<>("node.call-back.v1", CallBack.class, Reached.class);

    /** Served here by every node: answers at once. */
    public static final Endpoint<CallBack, Reached> PING =
            new Endpoint<>("node.ping.v1", CallBack.class, Reached.class);

    private static final Logger log = LoggerFactory.getLogger(Reachability.class);
    private static final Duration PROBE_DEADLINE = Duration.ofSeconds(2);
    private static final long PROBE_INTERVAL_MILLIS = 5_000;
    private static final long RETRY_MILLIS = 200;
    private static final int MISSES_MAX = 3;

    private final Vertx vertx;
    private final Bus bus;
    private final Membership membership;
    private final Random random = new Random();
    private final AtomicInteger misses = new AtomicInteger();

    public Reachability(Vertx vertx, Bus bus, Membership membership) {
        this.vertx = vertx;
        this.bus = bus;
        this.membership = membership;
    }

    /** Starts answering the probes of others. */
    public Future<?> serve() {
        return Future.all(
                bus.serveHere(
                                PING,
                                ask -> Future.succeededFuture(
                                        new Reached(bus.here().toString())))
                        .completion(),
                bus.serveHere(CALL_BACK, ask -> bus.askAt(NodeAddress.parse(ask.node()), PING, ask, PROBE_DEADLINE))
                        .completion());
    }

    /**
     * Completes once a peer has reached this node, at once when there is no peer.
     *
     * @param tries how often to ask, each time any present peer, before it fails with {@link Problem.Kind#UNREACHABLE}
     */
    public Future<?> reached(int tries) {
        return probe().recover(cause -> {
            if (tries <= 1) {
                return Future.failedFuture(Problem.unreachable("no peer reaches this node: " + cause.getMessage()));
            }
            return vertx.timer(RETRY_MILLIS).compose(done -> reached(tries - 1).mapEmpty());
        });
    }

    /** Probes from now on; after three misses in a row {@code remedy} runs. */
    public void watch(Runnable remedy) {
        vertx.setPeriodic(
                PROBE_INTERVAL_MILLIS,
                timer -> probe().onSuccess(done -> misses.set(0)).onFailure(cause -> missed(remedy, cause)));
    }

    private void missed(Runnable remedy, Throwable cause) {
        if (misses.incrementAndGet() >= MISSES_MAX) {
            misses.set(0);
            log.warn("peers cannot reach this node ({}); publishing its subscriptions again", cause.getMessage());
            remedy.run();
        }
    }

    private Future<?> probe() {
        List<NodeAddress> peers = membership.present().stream()
                .filter(node -> !node.equals(bus.here()))
                .toList();
        if (peers.isEmpty()) {
            return Future.succeededFuture();
        }
        var peer = peers.get(random.nextInt(peers.size()));
        return bus.askAt(peer, CALL_BACK, new CallBack(bus.here().toString()), PROBE_DEADLINE.multipliedBy(2));
    }
}
