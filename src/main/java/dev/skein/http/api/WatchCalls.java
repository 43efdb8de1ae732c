package dev.skein.http.api;

import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Handler;
import dev.skein.pipeline.Observation;
import io.vertx.core.Future;
import java.util.Map;

/** What people and monitors watch. Thread-safe. */
final class WatchCalls {
    private static final Observation.Ask ASK = new Observation.Ask();

    private final Coordinator coordinator;

    WatchCalls(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    Map<String, Handler> handlers() {
        return Map.of(
                "topology", call -> answer(coordinator.read(Observation.TOPOLOGY, ASK)),
                "clusterMetrics", call -> answer(coordinator.read(Observation.METRICS, ASK)),
                "summary", call -> answer(coordinator.read(Observation.SUMMARY, ASK)));
    }

    private static Future<Answer> answer(Future<? extends Record> reply) {
        return reply.map(Answer::ok);
    }
}
