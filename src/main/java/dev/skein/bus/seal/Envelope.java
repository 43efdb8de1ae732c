package dev.skein.bus.seal;

import dev.skein.bus.NodeAddress;
import org.jspecify.annotations.Nullable;

/**
 * One message on the bus.
 *
 * @param address where it is meant to go
 * @param body null only where {@code origin} has a fault
 * @param origin null when it did not come from another node
 */
public record Envelope(
        String address, @Nullable Record body, @Nullable Origin origin) {
    /** A message from this node. */
    public static Envelope to(String address, Record body) {
        return new Envelope(address, body, null);
    }

    /** Who sealed a message, null when it did not come from another node. */
    public static @Nullable NodeAddress sender(@Nullable Object message) {
        return message instanceof Envelope envelope && envelope.origin != null ? envelope.origin.sender : null;
    }

    /**
     * Who sealed what came from another node.
     *
     * @param counter grows with every message of that node
     * @param fault why it is not believed, null when the seal is right
     */
    public record Origin(
            NodeAddress sender, long counter, @Nullable String fault) {}
}
