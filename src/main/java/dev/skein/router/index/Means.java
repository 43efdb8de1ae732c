package dev.skein.router.index;

import dev.skein.bus.Bus;
import dev.skein.index.overlay.Revisions;
import dev.skein.index.overlay.TextStore;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What all keepers of a router share.
 *
 * @param manifests directory of what it knows about files
 * @param wall tells when a root was looked at
 * @param steady measures how long that took
 */
record Means(
        Vertx vertx,
        Bus bus,
        Revisions revisions,
        TextStore texts,
        Path manifests,
        InstantSource wall,
        InstantSource steady) {}
