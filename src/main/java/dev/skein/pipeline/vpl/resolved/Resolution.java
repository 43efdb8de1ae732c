package dev.skein.pipeline.vpl.resolved;

import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Let;
import dev.skein.pipeline.vpl.ast.Statement;
import java.util.IdentityHashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answers to every look-up in one program, by identity of the node that asks.
 *
 * <p>Filled by the checker, read afterwards; safe to share between threads once the program is checked.
 */
public final class Resolution {
    private final IdentityHashMap<Expression, Binding> bindings = new IdentityHashMap<>();
    private final IdentityHashMap<Expression.Call, CallTarget> targets = new IdentityHashMap<>();
    private final IdentityHashMap<Statement, Variable> variables = new IdentityHashMap<>();

    /** What a name stands for. */
    public Binding of(Expression.Name name) {
        return Objects.requireNonNull(bindings.get(name), name::name);
    }

    /** What a name stands for, or a member of a source; null where nothing was looked up. */
    public @Nullable Binding find(Expression nameOrMember) {
        return bindings.get(nameOrMember);
    }

    /** As {@link #of(Expression.Call)}; null in a program that has errors. */
    public @Nullable CallTarget find(Expression.Call call) {
        return targets.get(call);
    }

    /** As {@link #of(Statement.Assign)}; null in a program that has errors. */
    public @Nullable Variable find(Statement.Assign assign) {
        return variables.get(assign);
    }

    /** The event field that {@code Source.field} stands for; null when it is a member of a value. */
    public @Nullable Binding of(Expression.Member member) {
        return bindings.get(member);
    }

    public CallTarget of(Expression.Call call) {
        return Objects.requireNonNull(targets.get(call), call.function()::name);
    }

    /** The variable that a {@code let} in a function declares; null for a top-level one. */
    public @Nullable Variable of(Let let) {
        return variables.get(let);
    }

    /** The loop variable. */
    public Variable of(Statement.For loop) {
        return Objects.requireNonNull(variables.get(loop), loop.variable()::name);
    }

    /** The variable that is assigned. */
    public Variable of(Statement.Assign assign) {
        return Objects.requireNonNull(variables.get(assign), assign.target()::name);
    }

    public void bind(Expression nameOrMember, Binding binding) {
        bindings.put(nameOrMember, binding);
    }

    public void bind(Expression.Call call, CallTarget target) {
        targets.put(call, target);
    }

    /** @param statement a {@code let}, a {@code for} or an assignment */
    public void bind(Statement statement, Variable variable) {
        variables.put(statement, variable);
    }
}
