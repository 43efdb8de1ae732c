package dev.skein.connector.net;

import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Finds the address to connect to. Thread-safe. */
public final class Outgoing {
    private final Vertx vertx;
    private final AllowList allowed;

    /** @param allowed names the setting that a refusal points to */
    public Outgoing(Vertx vertx, AllowList allowed) {
        this.vertx = vertx;
        this.allowed = allowed;
    }

    /**
     * Resolves a name and checks all that it means.
     *
     * @return the first address, which also knows the name; fails with UNREACHABLE when there is none, with FORBIDDEN
     *     when one of them may not be connected to
     */
    public Future<InetSocketAddress> address(String host, int port) {
        return vertx.executeBlocking(() -> checked(host, port), false);
    }

    private InetSocketAddress checked(String host, int port) {
        try {
            var found = InetAddress.getAllByName(host);
            for (var address : found) {
                var refusal = allowed.refusal(host, address, port);
                if (refusal != null) {
                    throw new Problem(
                            Problem.Kind.FORBIDDEN,
                            "%s:%d may not be connected to: %s; %s can allow it"
                                    .formatted(host, port, refusal, allowed.setting()));
                }
            }
            return new InetSocketAddress(InetAddress.getByAddress(host, found[0].getAddress()), port);
        } catch (UnknownHostException e) {
            throw Problem.unreachable("no address is known for " + host);
        }
    }
}
