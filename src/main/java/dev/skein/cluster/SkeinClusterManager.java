package dev.skein.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import dev.skein.bus.NodeAddress;
import io.vertx.core.Completable;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Vert.x's Hazelcast manager, made to survive the loss of every member with data.
 *
 * <p>Thread-safe; its own work happens on one daemon thread.
 */
final class SkeinClusterManager extends HazelcastClusterManager {
    /*
     * Only coordinators hold data, so with the last of them go all subscriptions and all bus addresses, and the manager
     * this one extends would never publish them to the coordinator that comes after. Two remedies:
     *
     * 1. An address of one life of one node needs no subscription: it is answered from the member list, whose
     *    attributes live in every member, and where that node listens is remembered from the time it joined. What
     *    workers say to each other therefore goes on without any coordinator, and a member's death touches few
     *    subscriptions.
     *
     * 2. Whenever a member with data joins, every node publishes what is left of its subscriptions again.
     */
    private static final Logger log = LoggerFactory.getLogger(SkeinClusterManager.class);
    private static final long RETRY_MILLIS = 500;
    private static final int LOOKUPS_MAX = 40;

    private final Map<String, Set<RegistrationInfo>> own = new ConcurrentHashMap<>();
    private final Map<String, NodeInfo> remembered = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor chores = new ScheduledThreadPoolExecutor(1, SkeinClusterManager::daemon);
    private volatile @Nullable RegistrationListener listener;
    private volatile @Nullable NodeInfo self;

    /** The manager of a member that was started for it; leaving shuts the member down. */
    SkeinClusterManager(HazelcastInstance member) {
        super(member);
    }

    @Override
    public void registrationListener(RegistrationListener registrations) {
        listener = registrations;
        super.registrationListener(registrations);
    }

    @Override
    public void setNodeInfo(NodeInfo info, Completable<Void> done) {
        self = info;
        super.setNodeInfo(info, done);
        getHazelcastInstance().getCluster().getMembers().forEach(member -> remember(member, LOOKUPS_MAX));
    }

    @Override
    public void addRegistration(String address, RegistrationInfo info, Completable<Void> done) {
        if (NodeAddress.inAddress(address) != null) {
            done.succeed();
            return;
        }
        if (!info.localOnly()) {
            own.computeIfAbsent(address, key -> ConcurrentHashMap.newKeySet()).add(info);
        }
        super.addRegistration(address, info, done);
    }

    @Override
    public void removeRegistration(String address, RegistrationInfo info, Completable<Void> done) {
        if (NodeAddress.inAddress(address) != null) {
            done.succeed();
            return;
        }
        own.computeIfPresent(address, (key, infos) -> {
            infos.remove(info);
            return infos.isEmpty() ? null : infos;
        });
        super.removeRegistration(address, info, done);
    }

    @Override
    public void getRegistrations(String address, Completable<List<RegistrationInfo>> done) {
        var node = NodeAddress.inAddress(address);
        if (node == null) {
            super.getRegistrations(address, done);
            return;
        }
        done.succeed(getHazelcastInstance().getCluster().getMembers().stream()
                .filter(member -> node.equals(member.getAttribute(HazelcastSettings.NODE_ATTRIBUTE)))
                .map(member ->
                        new RegistrationInfo(member.getAttribute(HazelcastSettings.VERTX_NODE_ATTRIBUTE), 0, false))
                .toList());
    }

    @Override
    public void getNodeInfo(String nodeId, Completable<NodeInfo> done) {
        var known = remembered.get(nodeId);
        if (known != null) {
            done.succeed(known);
        } else {
            super.getNodeInfo(nodeId, done);
        }
    }

    @Override
    public synchronized void memberAdded(MembershipEvent event) {
        super.memberAdded(event);
        remember(event.getMember(), LOOKUPS_MAX);
        if (!event.getMember().isLiteMember()) {
            republish();
        }
    }

    @Override
    public synchronized void memberRemoved(MembershipEvent event) {
        var nodeId = event.getMember().getAttribute(HazelcastSettings.VERTX_NODE_ATTRIBUTE);
        if (nodeId != null) {
            remembered.remove(nodeId);
        }
        super.memberRemoved(event);
    }

    @Override
    public void leave(Completable<Void> done) {
        chores.shutdownNow();
        super.leave((none, failure) -> shutDown(failure, done));
    }

    /** Takes up to half a minute, in which the member's data is handed over. */
    private void shutDown(@Nullable Throwable failure, Completable<Void> done) {
        var last = new Thread(
                () -> {
                    try {
                        getHazelcastInstance().shutdown();
                    } finally {
                        done.complete(null, failure);
                    }
                },
                "cluster-leave");
        last.start();
    }

    /** Tells the cluster again where this node is and what it serves. Returns at once; repeating it does no harm. */
    void republish() {
        later(this::publishAll, 0);
    }

    private void publishAll() {
        var info = self;
        if (info != null) {
            super.setNodeInfo(info, SkeinClusterManager::logged);
        }
        own.forEach((address, infos) ->
                infos.forEach(each -> super.addRegistration(address, each, SkeinClusterManager::logged)));
        var registrations = listener;
        if (registrations != null) {
            registrations.registrationsLost(); // so that what others serve is looked up anew
        }
    }

    /** A member says where it listens a moment after it joined, hence the tries. */
    private void remember(Member member, int tries) {
        var nodeId = member.getAttribute(HazelcastSettings.VERTX_NODE_ATTRIBUTE);
        if (nodeId != null
                && tries > 0
                && getHazelcastInstance().getCluster().getMembers().contains(member)) {
            later(
                    () -> super.getNodeInfo(nodeId, (info, failure) -> {
                        if (info == null) {
                            later(() -> remember(member, tries - 1), RETRY_MILLIS);
                        } else {
                            remembered.put(nodeId, info);
                        }
                    }),
                    0);
        }
    }

    private void later(Runnable chore, long delayMillis) {
        if (!chores.isShutdown()) {
            chores.schedule(chore, delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    private static void logged(@Nullable Void none, @Nullable Throwable failure) {
        if (failure != null) {
            log.warn("a subscription was not published again: {}", failure.toString());
        }
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "cluster-chores");
        thread.setDaemon(true);
        return thread;
    }
}
