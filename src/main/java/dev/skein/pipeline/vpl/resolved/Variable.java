package dev.skein.pipeline.vpl.resolved;

import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * A parameter, local or loop variable of one function.
 *
 * @param slot from 0, unique within its function; parameters come first, in order
 * @param type the declared type, aliases resolved; null where none was written
 * @param assignable declared with {@code var}
 */
public record Variable(Id id, int slot, @Nullable TypeName type, boolean assignable) {
    public String name() {
        return id.name();
    }
}
