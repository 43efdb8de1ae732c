package dev.skein.http.guard;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the connections of a node and makes each of them strict. Thread-safe. */
public final class Connections {
    private static final String DECODER = "httpDecoder"; // the names that Vert.x gives them
    private static final String HANDLER = "handler";

    private final AtomicInteger open = new AtomicInteger();
    private final int max;
    private final Duration headTime;

    public Connections(int max, Duration headTime) {
        this.max = max;
        this.headTime = headTime;
    }

    /** Takes a new connection, or closes it when there are too many. */
    public void opened(HttpConnection connection, HttpServerOptions options) {
        int count = open.incrementAndGet();
        connection.closeHandler(closed -> open.decrementAndGet());
        if (count > max) {
            connection.close();
            return;
        }
        var pipeline = ((ConnectionBase) connection).channel().pipeline();
        if (pipeline.get(DECODER) != null) {
            pipeline.replace(DECODER, DECODER, new StrictDecoder(options, headTime));
            pipeline.addBefore(HANDLER, "patience", new Patience()); // behind whatever notices silence
        }
    }

    public int open() {
        return open.get();
    }
}
