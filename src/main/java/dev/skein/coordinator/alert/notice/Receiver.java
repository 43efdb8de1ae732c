package dev.skein.coordinator.alert.notice;

import io.vertx.core.Future;

/** Somebody who is told. */
interface Receiver {
    String name();

    Future<Void> tell(Notice notice);

    void close();
}
