package dev.skein.pipeline.vpl.resolved;

import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Expression;
import java.util.List;

/** What a call calls, its arguments in the order of the parameters. */
public sealed interface CallTarget {
    List<Expression> arguments();

    record User(Declaration.Function function, List<Expression> arguments) implements CallTarget {}

    record BuiltIn(BuiltIns.Entry entry, List<Expression> arguments) implements CallTarget {}
}
