package dev.skein.pipeline.vpl.resolved;

import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.TypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function with its variables.
 *
 * @param variables by slot, the parameters first
 * @param result the declared result type, aliases resolved
 * @param emits itself or through a function it calls
 * @param readsEvent it or a function it calls reads a field of the current event
 */
public record CheckedFunction(
        Declaration.Function declaration,
        List<Variable> variables,
        @Nullable TypeName result,
        boolean emits,
        boolean readsEvent) {
    public CheckedFunction {
        variables = List.copyOf(variables);
    }

    public List<Variable> parameters() {
        return variables.subList(0, declaration.parameters().size());
    }
}
