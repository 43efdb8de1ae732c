package dev.skein.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import dev.skein.audit.Audit;
import dev.skein.bus.NodeAddress;
import dev.skein.bus.seal.BusTls;
import dev.skein.bus.seal.Credentials;
import dev.skein.kernel.Problem;
import dev.skein.tls.TlsFiles;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's place in the cluster: its Vert.x, and news of the others. Thread-safe. */
public final class Cluster implements Membership {
    private static final Logger log = LoggerFactory.getLogger(Cluster.class);
    private static final int PING_MILLIS = 3_000;
    private static final int CONNECT_MILLIS = 5_000;
    private static final long PAUSE_MILLIS = 500;
    private static final long PAUSE_MILLIS_MAX = 5_000;
    private static final long OUT_OF_REACH_MILLIS = 10_000; // as long as a worker's lease may go on behind a cut
    private static final int ATTEMPTS_MAX = 60; // about ten minutes with the time that each attempt takes

    private final Vertx vertx;
    private final SkeinClusterManager manager;
    private final MemberGate gate;
    private final HazelcastInstance hazelcast;
    private final Nearness nearness;
    private final Coordinators coordinators;
    private final List<Consumer<NodeAddress>> joined = new CopyOnWriteArrayList<>();
    private final List<Consumer<NodeAddress>> left = new CopyOnWriteArrayList<>();

    private Cluster(Vertx vertx, SkeinClusterManager manager, MemberGate gate) {
        this.vertx = vertx;
        this.manager = manager;
        this.gate = gate;
        this.hazelcast = manager.getHazelcastInstance();
        this.nearness = new Nearness(vertx);
        this.coordinators = new Coordinators(nearness);
        hazelcast.getCluster().addMembershipListener(new News());
        hazelcast.getCluster().getMembers().forEach(this::noteCoordinator);
    }

    /** Joins with nothing to prove. */
    public static Future<Cluster> join(
            VertxOptions options, ClusterConfig config, NodeAddress here, boolean dataMember) {
        return join(options, config, new Self(here, dataMember, Credentials.NONE, Audit.LOG_ONLY));
    }

    /**
     * Joins the cluster, or founds it when nobody is there.
     *
     * @param options the cluster's part is added to them
     */
    public static Future<Cluster> join(VertxOptions options, ClusterConfig config, Self self) {
        return Future.succeededFuture(config).map(Exposure::refusal).compose(refusal -> {
            if (refusal != null) {
                return Future.failedFuture(Problem.invalid(refusal));
            }
            warn(config, self);
            return self.isDataMember() ? attempt(options, config, self) : follow(options, config, self, 1);
        });
    }

    private static void warn(ClusterConfig config, Self self) {
        if (Exposure.of(config.host()) == Exposure.LOOPBACK) {
            return;
        }
        log.warn(
                "members meet on {}:{}, which is not loopback; who listens on that network reads where nodes are and"
                        + " what they serve{}, so keep it private",
                config.host(),
                config.port(),
                self.credentials().tls() == null ? ", and every message, since bus.tls is off" : "");
    }

    /**
     * A node without data is of no use among its like, and where it founds a cluster of its own while the coordinator
     * does the same the two meet only when the split is mended; so it leaves and looks again.
     */
    private static Future<Cluster> follow(VertxOptions options, ClusterConfig config, Self self, int attempt) {
        return attempt(options, config, self).compose(Cluster::withCoordinator).recover(cause -> {
            if (attempt >= ATTEMPTS_MAX) {
                return Future.failedFuture(Problem.unreachable(
                        "no coordinator among " + String.join(", ", config.candidates()) + "; see cluster.members"));
            }
            log.info("no coordinator yet, looking again: {}", cause.getMessage());
            return later(pauseMillis(attempt)).compose(done -> follow(options, config, self, attempt + 1));
        });
    }

    private Future<Cluster> withCoordinator() {
        boolean isLed = hazelcast.getCluster().getMembers().stream().anyMatch(member -> !member.isLiteMember());
        return isLed
                ? Future.succeededFuture(this)
                : vertx.close()
                        .eventually(Future::succeededFuture)
                        .compose(closed -> Future.failedFuture(Problem.unreachable("no member with data")));
    }

    private static long pauseMillis(int attempt) {
        return Math.min(PAUSE_MILLIS_MAX, PAUSE_MILLIS * attempt)
                + ThreadLocalRandom.current().nextLong(PAUSE_MILLIS);
    }

    private static Future<Void> later(long millis) {
        Promise<Void> waited = Promise.promise();
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(waited::complete);
        return waited.future();
    }

    private static Future<Cluster> attempt(VertxOptions options, ClusterConfig config, Self self) {
        var gate = new MemberGate(config.joinKeys(), self.audit());
        return member(config, self, gate)
                .compose(member -> {
                    var manager = new SkeinClusterManager(member);
                    return Vertx.builder()
                            .with(new VertxOptions(options)
                                    .setEventBusOptions(busOptions(
                                            config, self.credentials().tls())))
                            .withClusterManager(manager)
                            .buildClustered()
                            .map(vertx -> new Cluster(vertx, manager, gate));
                })
                .compose(cluster -> cluster.following(self.credentials().tls()))
                .compose(Cluster::amongFriends);
    }

    private static Future<HazelcastInstance> member(ClusterConfig config, Self self, MemberGate gate) {
        Promise<HazelcastInstance> started = Promise.promise();
        var thread = new Thread(
                () -> {
                    try {
                        var settings = HazelcastSettings.of(config, self.here(), self.isDataMember());
                        var member = HazelcastInstanceFactory.newHazelcastInstance(settings, null, gate);
                        gate.listen(member);
                        started.complete(member);
                    } catch (RuntimeException e) {
                        started.fail(Problem.unreachable("the member was not let in: " + e.getMessage()));
                    }
                },
                "cluster-join");
        thread.start();
        return started.future();
    }

    /** Where a stranger was first, it decides who joins; better no cluster than its. */
    private Future<Cluster> amongFriends() {
        var strangers = hazelcast.getCluster().getMembers().stream()
                .filter(member -> !gate.isKnown(member))
                .toList();
        if (strangers.isEmpty()) {
            return Future.succeededFuture(this);
        }
        strangers.forEach(gate::noteStranger);
        var where = strangers.get(0).getAddress();
        return vertx.close()
                .eventually(Future::succeededFuture)
                .compose(closed -> Future.failedFuture(
                        Problem.unreachable("a stranger without the join key holds the cluster at " + where)));
    }

    private static EventBusOptions busOptions(ClusterConfig config, @Nullable TlsFiles tls) {
        var options = new EventBusOptions()
                .setHost(config.host())
                .setClusterPingInterval(PING_MILLIS)
                .setClusterPingReplyInterval(PING_MILLIS)
                .setConnectTimeout(CONNECT_MILLIS)
                .setReconnectAttempts(0) // senders resend what matters; a hidden retry only delays suspicion
                .setTrustAll(false);
        if (tls == null) {
            return options;
        }
        return BusTls.begin(options, tls);
    }

    private Future<Cluster> following(@Nullable TlsFiles tls) {
        return tls == null
                ? Future.succeededFuture(this)
                : BusTls.follow(vertx, tls).map(this);
    }

    public Vertx vertx() {
        return vertx;
    }

    @Override
    public Set<NodeAddress> present() {
        return hazelcast.getCluster().getMembers().stream()
                .filter(gate::isKnown)
                .flatMap(member -> addressOf(member).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void onJoined(Consumer<NodeAddress> listener) {
        joined.add(listener);
    }

    @Override
    public void onLeft(Consumer<NodeAddress> listener) {
        left.add(listener);
    }

    @Override
    public Future<Boolean> nearAllCoordinators() {
        return coordinators.areAllNear();
    }

    private void noteCoordinator(Member member) {
        if (!member.isLiteMember() && gate.isKnown(member)) {
            addressOf(member)
                    .ifPresent(node -> coordinators.seen(node, member.getSocketAddress(EndpointQualifier.MEMBER)));
        }
    }

    /** Tells the cluster again what this node serves; for when peers cannot reach it although it is present. */
    public void republish() {
        manager.republish();
    }

    /** Leaves without a word, as a killed process does. */
    void crash() {
        hazelcast.getLifecycleService().terminate();
    }

    private static Optional<NodeAddress> addressOf(Member member) {
        return Optional.ofNullable(member.getAttribute(HazelcastSettings.NODE_ATTRIBUTE))
                .map(NodeAddress::parse);
    }

    private final class News implements MembershipListener {
        @Override
        public void memberAdded(MembershipEvent event) {
            gate.noteStranger(event.getMember());
            noteCoordinator(event.getMember());
            tell("joined", joined, event);
        }

        @Override
        public void memberRemoved(MembershipEvent event) {
            var member = event.getMember();
            var at = member.getSocketAddress(EndpointQualifier.MEMBER);
            nearness.of(at.getAddress().getHostAddress(), at.getPort()).onSuccess(near -> {
                if (near) {
                    tell("left", left, event);
                } else {
                    log.info("{} is out of reach", member.getAttribute(HazelcastSettings.NODE_ATTRIBUTE));
                    vertx.setTimer(OUT_OF_REACH_MILLIS, late -> tellIfAbsent(event));
                }
            });
        }

        /** It may have been on the other side of a cut that is mended by now. */
        private void tellIfAbsent(MembershipEvent event) {
            boolean isBack =
                    addressOf(event.getMember()).filter(present()::contains).isPresent();
            if (!isBack) {
                tell("left", left, event);
            }
        }

        private void tell(String what, List<Consumer<NodeAddress>> listeners, MembershipEvent event) {
            if (!gate.isKnown(event.getMember())) {
                return;
            }
            addressOf(event.getMember()).ifPresent(node -> {
                log.info("{} {}", node, what);
                listeners.forEach(listener -> listener.accept(node));
            });
        }
    }
}
