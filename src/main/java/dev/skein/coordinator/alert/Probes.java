package dev.skein.coordinator.alert;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.coordinator.alert.Conditions.Measured;
import dev.skein.pipeline.Observation;
import dev.skein.store.Store;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Measures how long a write takes and how far clocks are apart. Confined to the coordinator's event loop. */
final class Probes {
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final int HALF = 2;
    private static final int AT_ONCE = 100; // nodes each time, however many there are

    private final Bus bus;
    private final Store store;
    private final InstantSource clock;
    private Duration lastWrite = Duration.ZERO;
    private @Nullable Instant writingSince;
    private Map<String, Duration> offsets = Map.of();
    private String lastAsked = "";

    /** @param clock steady */
    Probes(Bus bus, Store store, InstantSource clock) {
        this.bus = bus;
        this.store = store;
        this.clock = clock;
    }

    Measured measured() {
        var since = writingSince;
        var waits = since == null ? Duration.ZERO : Duration.between(since, clock.instant());
        return new Measured(waits.compareTo(lastWrite) > 0 ? waits : lastWrite, offsets);
    }

    /** Passes the writer once, after all that waits there. */
    void probeStore() {
        if (writingSince != null) {
            return;
        }
        var start = clock.instant();
        writingSince = start;
        store.write(tx -> tx.query("SELECT 1", row -> row.getInt(1))).onComplete(done -> {
            lastWrite = done.succeeded() ? Duration.between(start, clock.instant()) : Duration.ZERO;
            writingSince = null;
        });
    }

    /**
     * Asks nodes for their time, some at once and all in turn, and takes the middle of the way there and back as the
     * moment it was told.
     */
    void probeClocks(Supplier<SortedMap<String, String>> nodes) {
        offset(bus.here()).onSuccess(own -> {
            var present = nodes.get();
            var found = new TreeMap<>(offsets);
            found.keySet().retainAll(present.keySet());
            var asked = next(present).stream()
                    .map(node -> offset(NodeAddress.parse(node.getValue()))
                            .onSuccess(other -> found.put(node.getKey(), other.minus(own)))
                            .onFailure(silent -> found.remove(node.getKey())))
                    .toList();
            Future.join(asked).onComplete(all -> offsets = Map.copyOf(found));
        });
    }

    private List<Map.Entry<String, String>> next(SortedMap<String, String> nodes) {
        var after = nodes.tailMap(lastAsked + "\0");
        var turn = Stream.concat(after.entrySet().stream(), nodes.headMap(lastAsked + "\0").entrySet().stream())
                .limit(AT_ONCE)
                .toList();
        lastAsked = turn.isEmpty() ? "" : turn.get(turn.size() - 1).getKey();
        return turn;
    }

    private Future<Duration> offset(NodeAddress node) {
        var sent = clock.instant();
        return bus.askAt(node, Observation.TIME, new Observation.Ask(), DEADLINE)
                .map(time -> {
                    var half = Duration.between(sent, clock.instant()).dividedBy(HALF);
                    return Duration.between(sent.plus(half), time.now());
                });
    }
}
