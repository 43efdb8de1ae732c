package dev.skein.pipeline.vpl.connector;

import java.util.Map;
import java.util.Set;

/**
 * One kind of connector.
 *
 * @param parameters what its declaration takes
 * @param required which of them must be given in the cluster's registry
 * @param to what {@code .to} takes besides, overriding the declaration
 * @param from the same for {@code .from}
 * @param writes whether {@code .to} works in this build
 * @param reads whether {@code .from} works in this build
 */
public record ConnectorType(
        String name,
        Map<String, Value> parameters,
        Set<String> required,
        Map<String, Value> to,
        Map<String, Value> from,
        boolean writes,
        boolean reads) {
    /** What a parameter's value is. */
    public enum Value {
        TEXT,
        WHOLE,
        FLAG
    }

    public ConnectorType {
        parameters = Map.copyOf(parameters);
        required = Set.copyOf(required);
        to = Map.copyOf(to);
        from = Map.copyOf(from);
    }

    /** Whether a program may use it at all. */
    public boolean works() {
        return writes || reads;
    }
}
