package dev.skein.http.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.skein.bus.Endpoint;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Handler;
import dev.skein.pipeline.Observation;
import dev.skein.pipeline.Observation.Leader;
import dev.skein.pipeline.Observation.Summary;
import dev.skein.pipeline.Observation.Topology;
import io.vertx.core.Future;
import java.util.Map;
import java.util.function.BiFunction;

/** What people and monitors watch. Thread-safe. */
final class WatchCalls {
    private static final Observation.Ask ASK = new Observation.Ask();

    private record LedTopology(@JsonUnwrapped Topology seen, String leader, long epoch) {
        LedTopology(Topology seen, Leader by) {
            this(seen, by.node(), by.epoch());
        }
    }

    private record LedSummary(@JsonUnwrapped Summary seen, String leader, long epoch) {
        LedSummary(Summary seen, Leader by) {
            this(seen, by.node(), by.epoch());
        }
    }

    private final Coordinator coordinator;

    WatchCalls(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    Map<String, Handler> handlers() {
        return Map.of(
                "topology", call -> led(Observation.TOPOLOGY, LedTopology::new),
                "clusterMetrics", call -> answer(coordinator.read(Observation.METRICS, ASK)),
                "summary", call -> led(Observation.SUMMARY, LedSummary::new));
    }

    private <R extends Record> Future<Answer> led(
            Endpoint<Observation.Ask, R> endpoint, BiFunction<R, Leader, Record> together) {
        var leader = coordinator.read(Observation.LEADER, ASK);
        return answer(coordinator.read(endpoint, ASK).compose(seen -> leader.map(who -> together.apply(seen, who))));
    }

    private static Future<Answer> answer(Future<? extends Record> reply) {
        return reply.map(Answer::ok);
    }
}
