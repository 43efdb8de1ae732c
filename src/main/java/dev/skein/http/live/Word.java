package dev.skein.http.live;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** All that a viewer may say. */
enum Word {
    PAUSE,
    RESUME;

    private static final String TYPE = "type";

    /** The word in {@code {"type":"pause"}} and the like; null for anything else. */
    static @Nullable Word read(String text) {
        try {
            var message = new JsonObject(text);
            if (message.size() != 1) {
                return null;
            }
            return switch (String.valueOf(message.getValue(TYPE))) {
                case "pause" -> PAUSE;
                case "resume" -> RESUME;
                default -> null;
            };
        } catch (DecodeException e) {
            return null;
        }
    }
}
