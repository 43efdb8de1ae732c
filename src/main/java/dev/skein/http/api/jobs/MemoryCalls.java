package dev.skein.http.api.jobs;

import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Handler;
import dev.skein.job.NodeMemory;
import java.util.Map;

/** What nodes use of their memory, have promised and have. Thread-safe. */
public final class MemoryCalls {
    private final Coordinator coordinator;

    public MemoryCalls(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    public Map<String, Handler> handlers() {
        return Map.of(
                "memory",
                call -> coordinator.read(NodeMemory.ALL, new NodeMemory.Ask()).map(Answer::ok));
    }
}
