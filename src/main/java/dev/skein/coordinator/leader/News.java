package dev.skein.coordinator.leader;

import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Membership;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** News of other nodes for one term at a time, since nobody can stop listening to the membership. Thread-safe. */
final class News implements Membership {
    private final Membership membership;
    private final List<Consumer<NodeAddress>> joined = new CopyOnWriteArrayList<>();
    private final List<Consumer<NodeAddress>> left = new CopyOnWriteArrayList<>();

    News(Membership membership) {
        this.membership = membership;
        membership.onJoined(node -> joined.forEach(listener -> listener.accept(node)));
        membership.onLeft(node -> left.forEach(listener -> listener.accept(node)));
    }

    @Override
    public Set<NodeAddress> present() {
        return membership.present();
    }

    @Override
    public void onJoined(Consumer<NodeAddress> listener) {
        joined.add(listener);
    }

    @Override
    public void onLeft(Consumer<NodeAddress> listener) {
        left.add(listener);
    }

    /** A term is over. */
    void forgetListeners() {
        joined.clear();
        left.clear();
    }
}
