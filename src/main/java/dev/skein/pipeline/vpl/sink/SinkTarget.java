package dev.skein.pipeline.vpl.sink;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One {@code .to(…)} with its values.
 *
 * @param connector its name in the program
 * @param type as {@code cluster} or {@code mqtt}; null: not declared in the program, so a connector of the cluster
 * @param parameters of the connector's declaration, overridden by those of {@code .to}; values as in an event
 */
public record SinkTarget(String connector, @Nullable String type, Map<String, @Nullable Object> parameters) {
    public SinkTarget {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** The {@code topic} parameter as text; null without one. */
    public @Nullable String topic() {
        var topic = parameters.get("topic");
        return topic == null ? null : topic.toString();
    }
}
