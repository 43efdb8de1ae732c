package dev.skein.pipeline.link;

import dev.skein.pipeline.Events.Forwarded;
import dev.skein.pipeline.event.Event;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.List;

/**
 * Sends a pipeline's outputs on along the routes of its group: at least once, in order per source and target
 * placement, to every pipeline with a matching rule. Implemented by the router of each node for the worker of the
 * same node. Thread-safe.
 */
public interface Forwarder {
    /** Where no pipeline has routes. */
    Forwarder NONE = (source, outputs) -> Forwarding.nothing(outputs.size());

    /**
     * Who put the outputs out.
     *
     * @param placement {@code p} or {@code p#2}
     * @param hops how many routes the event behind them has taken
     */
    record Source(String groupId, String placement, int hops) {}

    /**
     * How far they got.
     *
     * @param retained the outputs are held here until their targets have them; the source must put nothing more out
     *     before that. What each event of the delivery sent where
     * @param settled the targets are done with them, or so slow that nobody should wait for it
     */
    record Forwarding(Future<List<List<Forwarded>>> retained, Future<Void> settled) {
        /** No output was taken. */
        public static Forwarding nothing(int events) {
            return new Forwarding(
                    Future.succeededFuture(Collections.nCopies(events, List.of())), Future.succeededFuture());
        }
    }

    /**
     * Sends on what one delivery led to.
     *
     * @param outputs per event of the delivery, in order
     */
    Forwarding forward(Source source, List<List<Event>> outputs);

    /** Completes when everything that this placement put out and that routes took is at its targets. */
    default Future<Void> drained(String groupId, String placement) {
        return Future.succeededFuture();
    }
}
