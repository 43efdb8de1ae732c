package dev.skein.pipeline.vpl.compile.kind;

import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.resolved.Variable;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/** The kinds found for one body: of each expression in it and of each variable. */
public final class Kinds {
    private final Map<Expression, Kind> expressions = new IdentityHashMap<>();
    private final Kind[] variables;
    private boolean changed;

    Kinds(int variables) {
        this.variables = new Kind[variables];
        Arrays.fill(this.variables, Kind.NONE);
    }

    /** The kind of an expression; one that never has a value counts as any. */
    public Kind of(Expression expression) {
        return known(expressions.getOrDefault(expression, Kind.NONE));
    }

    public Kind of(Variable variable) {
        return known(variables[variable.slot()]);
    }

    private static Kind known(Kind kind) {
        return kind == Kind.NONE ? Kind.ANY : kind;
    }

    Kind soFar(Variable variable) {
        return variables[variable.slot()];
    }

    Kind note(Expression expression, Kind kind) {
        expressions.put(expression, kind);
        return kind;
    }

    /** The variable may also hold a value of this kind. */
    void widen(Variable variable, Kind kind) {
        var joined = Kind.join(variables[variable.slot()], kind);
        changed |= joined != variables[variable.slot()];
        variables[variable.slot()] = joined;
    }

    /** Whether a variable was widened since the last call. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }
}
