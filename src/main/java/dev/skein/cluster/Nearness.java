package dev.skein.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the network lies open between this node and a host, whatever runs there. Thread-safe. */
public final class Nearness {
    private static final Logger log = LoggerFactory.getLogger(Nearness.class);
    private static final int CONNECT_MILLIS = 2_000;

    private final NetClient client;

    public Nearness(Vertx vertx) {
        client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
    }

    /** Whether somebody listens there, or the host itself says that nobody does; within 2 s, never fails. */
    public Future<Boolean> of(String host, int port) {
        return client.connect(port, host)
                .compose(socket -> socket.close().otherwiseEmpty().map(true))
                .recover(cause -> {
                    log.debug("{}:{} {}", host, port, cause.toString());
                    return Future.succeededFuture(isRefusal(cause));
                });
    }

    /** Where nobody listens the host says so; where the network is cut nobody says anything, or a router does. */
    private static boolean isRefusal(Throwable cause) {
        return cause instanceof ConnectException
                && String.valueOf(cause.getMessage()).contains("refused");
    }
}
