package dev.skein.cluster;

import dev.skein.bus.NodeAddress;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * News of other nodes, as hints: they may come late and be wrong. Listeners are called on any thread and must not
 * block.
 */
public interface Membership {
    /** The lives that are in the cluster as far as this node knows, itself included. */
    Set<NodeAddress> present();

    /** The life that a node has now, by the node's id. */
    default Optional<NodeAddress> life(String node) {
        return present().stream().filter(each -> each.node().equals(node)).findFirst();
    }

    /** Hears of every life that is seen to join. */
    void onJoined(Consumer<NodeAddress> listener);

    /**
     * Hears of every life that is seen to leave or to die. One whose host does not answer at all may live behind a cut
     * of the network: of it one hears 10 s later, and only if it has not come back.
     */
    void onLeft(Consumer<NodeAddress> listener);

    /**
     * Whether every coordinator that was ever seen could hear this node, or its host says that it does not run. While
     * one is out of reach it may lead elsewhere. Never fails.
     */
    default Future<Boolean> nearAllCoordinators() {
        return Future.succeededFuture(true);
    }

    /** A node on its own. */
    static Membership alone(NodeAddress here) {
        return new Membership() {
            @Override
            public Set<NodeAddress> present() {
                return Set.of(here);
            }

            @Override
            public void onJoined(Consumer<NodeAddress> listener) {} // nobody ever does

            @Override
            public void onLeft(Consumer<NodeAddress> listener) {} // nobody ever does
        };
    }
}
