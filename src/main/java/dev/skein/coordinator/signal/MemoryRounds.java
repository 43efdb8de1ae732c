package dev.skein.coordinator.signal;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.job.NodeMemory;
import dev.skein.job.NodeMemory.All;
import dev.skein.job.NodeMemory.View;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Asks every node for its memory, all at once and not more often than each second. Confined to one event loop. */
public final class MemoryRounds {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofMillis(1_200); // callers wait 2 s

    private final Bus bus;
    private final Supplier<? extends Collection<NodeAddress>> present;
    private final InstantSource clock;
    private Future<All> round = Future.succeededFuture(new All(List.of()));
    private Instant begun = Instant.EPOCH;
    private All last = new All(List.of());

    /**
     * @param present every node
     * @param clock steady
     */
    public MemoryRounds(Bus bus, Supplier<? extends Collection<NodeAddress>> present, InstantSource clock) {
        this.bus = bus;
        this.present = present;
        this.clock = clock;
    }

    public Future<?> mount(Bus guarded) {
        return guarded.serve(NodeMemory.ALL, ask -> now()).completion();
    }

    /** What the last round that ended has found. */
    public All last() {
        return last;
    }

    /** By node; never fails. */
    public Future<All> now() {
        if (round.isComplete() && !clock.instant().isBefore(begun.plus(FRESH))) {
            begun = clock.instant();
            round = ask().onSuccess(found -> last = found);
        }
        return round;
    }

    private Future<All> ask() {
        var asked = present.get().stream().map(this::ask).toList();
        return Future.join(asked)
                .map(done -> new All(asked.stream()
                        .map(Future::result)
                        .sorted(Comparator.comparing(View::node))
                        .toList()));
    }

    private Future<View> ask(NodeAddress node) {
        return bus.askAt(node, NodeMemory.HERE, new NodeMemory.Ask(), DEADLINE).otherwise(View.unknown(node.node()));
    }
}
