package dev.skein.coordinator.state;

import dev.skein.bus.NodeAddress;
import dev.skein.config.Secret;
import dev.skein.pipeline.link.Host;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker as it made itself known.
 *
 * @param instance one per process start; null when it does not say
 * @param node its life on the bus as text; null when it is known by REST only
 * @param labels {@code name=value} or a word, as it was started with
 * @param deregisteredAt null unless it was deregistered
 */
public record Worker(
        String id,
        String address,
        Secret apiKey,
        int cpuCores,
        int maxPipelines,
        @Nullable String instance,
        @Nullable String node,
        List<String> roles,
        List<String> labels,
        State state,
        Instant registeredAt,
        @Nullable Instant deregisteredAt) {

    /** What was decided about it; whether it is alive is another question. */
    public enum State {
        ACTIVE,
        /** It keeps what it has and gets nothing new. */
        CORDONED,
        DRAINING,
        DEREGISTERED
    }

    public boolean isListed() {
        return state != State.DEREGISTERED;
    }

    /** Whether its death is noticed over the bus. */
    public boolean isOnBus() {
        return node != null;
    }

    public Host host() {
        return new Host(id, node == null ? null : NodeAddress.parse(node), address, apiKey);
    }

    public Worker draining() {
        return in(State.DRAINING, null);
    }

    public Worker cordoned() {
        return in(State.CORDONED, null);
    }

    public Worker active() {
        return in(State.ACTIVE, null);
    }

    /** The value of its label {@code name=value}; null when it has none of that name. */
    public @Nullable String label(String name) {
        return labels.stream()
                .filter(label -> label.startsWith(name + "="))
                .map(label -> label.substring(name.length() + 1))
                .findFirst()
                .orElse(null);
    }

    public Worker deregistered(Instant now) {
        return in(State.DEREGISTERED, now);
    }

    private Worker in(State next, @Nullable Instant gone) {
        return new Worker(
                id, address, apiKey, cpuCores, maxPipelines, instance, node, roles, labels, next, registeredAt, gone);
    }

    @Override
    public String toString() {
        return "Worker[" + id + " at " + address + ", " + state + "]"; // never the key
    }
}
