package dev.skein.pipeline.link;

import dev.skein.pipeline.Hosting.Checkpoint;
import dev.skein.pipeline.Hosting.Held;
import dev.skein.pipeline.Hosting.Hold;
import dev.skein.pipeline.Hosting.Release;
import dev.skein.pipeline.Hosting.Restore;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

/** What passes when a pipeline moves between workers known by REST only. */
final class HttpMoves {
    private static final String CHECKPOINT = "checkpoint";
    private static final String EVENTS_IN = "events_in";
    private static final String FOREIGN = "rest:";

    private HttpMoves() {}

    static Buffer hold(Hold order) {
        return new JsonObject()
                .put("epoch", order.epoch())
                .put("held_for", order.heldFor())
                .put("wait_ms", order.waitMillis())
                .toBuffer();
    }

    static Buffer release(Release order) {
        return new JsonObject().put("held_for", order.heldFor()).toBuffer();
    }

    static Buffer restore(Restore order) {
        var checkpoint = order.checkpoint();
        var state = checkpoint.state();
        var given = state.startsWith(FOREIGN)
                ? Json.decodeValue(state.substring(FOREIGN.length()))
                : new JsonObject()
                        .put(EVENTS_IN, checkpoint.eventsIn())
                        .put("events_out", checkpoint.eventsOut())
                        .put("errors", checkpoint.errors())
                        .put("state", state);
        return new JsonObject().put(CHECKPOINT, given).toBuffer();
    }

    /** A checkpoint of another make is passed on as it is. */
    static Held held(Buffer body) {
        var found = body.toJsonObject().getValue(CHECKPOINT);
        if (found instanceof JsonObject own && own.containsKey(EVENTS_IN)) {
            return new Held(new Checkpoint(
                    own.getLong(EVENTS_IN),
                    own.getLong("events_out", 0L),
                    own.getLong("errors", 0L),
                    own.getString("state", "")));
        }
        return new Held(found == null ? null : new Checkpoint(0, 0, 0, FOREIGN + Json.encode(found)));
    }
}
