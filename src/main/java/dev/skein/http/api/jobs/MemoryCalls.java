package dev.skein.http.api.jobs;

import dev.skein.bus.Bus;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Handler;
import dev.skein.job.NodeMemory;
import java.util.Map;

/** What nodes use of their memory, have promised and have. Thread-safe. */
public final class MemoryCalls {
    private final Coordinator coordinator;
    private final Bus bus;

    public MemoryCalls(Coordinator coordinator, Bus bus) {
        this.coordinator = coordinator;
        this.bus = bus;
    }

    public Map<String, Handler> handlers() {
        return Map.of(
                "memory",
                call -> coordinator.read(NodeMemory.ALL, new NodeMemory.Ask()).map(Answer::ok),
                "aliasGc",
                call -> bus.askAt(bus.here(), NodeMemory.TRIM, new NodeMemory.Trim(), Coordinator.CHANGE)
                        .map(Answer::ok));
    }
}
