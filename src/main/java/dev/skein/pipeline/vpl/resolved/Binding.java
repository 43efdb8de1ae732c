package dev.skein.pipeline.vpl.resolved;

import dev.skein.pipeline.vpl.ast.Let;
import dev.skein.pipeline.vpl.ast.TypeName;
import org.jspecify.annotations.Nullable;

/** What a name in an expression stands for. */
public sealed interface Binding {
    /** A variable of the function around. */
    record Local(Variable variable) implements Binding {}

    /** A top-level value, by identity one of the program's initialisers. */
    record Global(Let let) implements Binding {}

    /**
     * A field of the current event; a missing one is null.
     *
     * @param type as declared for the event that the stream consumes, where the field is known to come from it
     */
    record EventField(String name, @Nullable TypeName type) implements Binding {}

    /** A sequence alias or join source (tier 2). */
    record Source(String name) implements Binding {}
}
