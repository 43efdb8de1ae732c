package dev.skein.pipeline.vpl.names;

import dev.skein.pipeline.vpl.ast.Expression;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one function, initialiser or stream refers to; filled while its names are bound. */
public final class Uses {
    public final Set<String> functions = new LinkedHashSet<>();
    public final Set<String> lets = new LinkedHashSet<>();
    /** Calls of user functions outside of a function body and of {@code .process}. */
    public final List<Expression.Call> calls = new ArrayList<>();

    public boolean emits;
    public boolean readsEvent;
}
