package dev.skein.pipeline.vpl.resolved;

import dev.skein.pipeline.vpl.ast.Declaration;
import org.jspecify.annotations.Nullable;

/**
 * A stream and how it hangs together with the others.
 *
 * @param index its place among the streams, from 0, in declaration order
 * @param consumes the event type it reads; names an event type, a stream or both
 * @param produces the type of its outputs: its own name, or {@code T} of {@code .emit as T}
 * @param context the context it runs in; null: the pipeline's own
 * @param handsTo the context its products are handed to by {@code .emit(context: c)}
 * @param hasOutputs whether it has outputs at all, which needs an {@code .emit} or a {@code .process}
 */
public record CheckedStream(
        Declaration.Stream declaration,
        int index,
        String consumes,
        String produces,
        @Nullable String context,
        @Nullable String handsTo,
        boolean hasOutputs) {
    public String name() {
        return declaration.name();
    }

    /** Whether it stands between the events of its own name and their other consumers. */
    public boolean shadows() {
        return consumes.equals(name());
    }
}
