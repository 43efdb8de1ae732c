package dev.skein.connector;

import dev.skein.connector.letter.DeadLetters;
import dev.skein.connector.net.AllowList;
import dev.skein.connector.net.Outgoing;
import dev.skein.pipeline.Connectors.Definition;
import dev.skein.pipeline.vpl.sink.Sinks;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** Opens the links of a worker's pipelines. Thread-safe. */
public final class Connections {
    private final Around around;
    private final Outgoing outgoing;
    private final Sinks local;
    private final Touch touch;
    private final InstantSource wall;
    private final Epochs epochs = new Epochs();
    private final Set<Links> open = ConcurrentHashMap.newKeySet();

    /** What a worker knows about its right to have effects. Thread-safe. */
    public interface Touch {
        /** Whether it may have effects at all. */
        boolean mayWrite();

        /** Whether it has heard from its coordinator lately, or has none. */
        boolean mayRead();

        /** For whoever belongs to no coordinator. */
        Touch ALWAYS = new Touch() {
            @Override
            public boolean mayWrite() {
                return true;
            }

            @Override
            public boolean mayRead() {
                return true;
            }
        };
    }

    /** Steady time and the time of day. */
    public record Clocks(InstantSource steady, InstantSource wall) {}

    /**
     * No link yet.
     *
     * @param letters outlives this
     * @param local opens targets that need no connection, such as {@code console}
     */
    public Connections(
            Vertx vertx, ConnectorConfig config, DeadLetters letters, Sinks local, Touch touch, Clocks clocks) {
        var context = vertx.getOrCreateContext();
        this.around = new Around(vertx, context, config, letters, clocks.steady, new SplittableRandom());
        this.outgoing = new Outgoing(vertx, new AllowList(config.allow()));
        this.local = local;
        this.touch = touch;
        this.wall = clocks.wall;
    }

    /**
     * The links of one copy of a placement; from now on those of an older epoch have no effect any more.
     *
     * @param cluster connectors that its program may name without declaring them
     */
    public Links link(Owner owner, List<Definition> cluster) {
        var fence = epochs.admit(owner, touch::mayWrite);
        var shared = new Links.Shared(around, outgoing, local, wall);
        var links = new Links(owner, cluster, shared, fence, touch, ended -> {
            epochs.leave(owner);
            open.remove(ended);
        });
        open.add(links);
        return links;
    }

    /** Completes when every closed link has let go of its target and every dead letter is on disk. */
    public Future<Void> settled() {
        return Future.join(open.stream().map(Links::ended).toList())
                .transform(ended -> around.letters().settled());
    }
}
