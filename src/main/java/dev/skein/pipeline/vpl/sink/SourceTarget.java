package dev.skein.pipeline.vpl.sink;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One {@code T.from(…)} with its values.
 *
 * @param eventType {@code T}: what a message without a type of its own becomes; other types are ignored
 * @param connector its name in the program
 * @param type as {@code mqtt}; null: not declared in the program, so a connector of the cluster
 * @param parameters of the connector's declaration, overridden by those of {@code .from}; values as in an event
 */
public record SourceTarget(
        String eventType, String connector, @Nullable String type, Map<String, @Nullable Object> parameters) {
    public SourceTarget {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
