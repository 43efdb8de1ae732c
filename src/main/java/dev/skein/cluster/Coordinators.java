package dev.skein.cluster;

import dev.skein.bus.NodeAddress;
import io.vertx.core.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every coordinator that was ever seen in the cluster, and whether it is near. One that has left is not forgotten
 * before its next life is seen: on the other side of a cut it may lead. Thread-safe.
 */
final class Coordinators {
    private final Nearness nearness;
    private final Map<String, InetSocketAddress> known = new ConcurrentHashMap<>(); // by the node's id

    Coordinators(Nearness nearness) {
        this.nearness = nearness;
    }

    /** @param members where it waits for members */
    void seen(NodeAddress node, InetSocketAddress members) {
        known.put(node.node(), members);
    }

    /** Whether each of them is near; never fails. */
    Future<Boolean> areAllNear() {
        List<Future<Boolean>> asked = known.values().stream()
                .map(at -> nearness.of(at.getAddress().getHostAddress(), at.getPort()))
                .toList();
        return Future.all(asked).map(all -> asked.stream().allMatch(Future::result));
    }
}
