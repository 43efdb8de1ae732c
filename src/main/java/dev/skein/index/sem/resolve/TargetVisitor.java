package dev.skein.index.sem.resolve;

import dev.skein.index.sem.expr.Calls;
import dev.skein.index.sem.expr.Scope;
import dev.skein.index.sem.expr.Typer;
import dev.skein.index.sem.type.JType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.Assignment;
import org.eclipse.jdt.internal.compiler.ast.CastExpression;
import org.eclipse.jdt.internal.compiler.ast.ConditionalExpression;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FunctionalExpression;
import org.eclipse.jdt.internal.compiler.ast.LambdaExpression;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.ReferenceExpression;
import org.eclipse.jdt.internal.compiler.ast.ReturnStatement;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.jspecify.annotations.Nullable;

/** Knows what type is wanted where a lambda or a reference to a method stands. */
abstract class TargetVisitor extends NameVisitor {
    private static final Supplier<JType> NOTHING = () -> JType.UNKNOWN;

    final Typer typer;
    Scope scope;
    private final Map<Expression, Supplier<JType>> targets = new IdentityHashMap<>();
    private final Deque<Supplier<JType>> results = new ArrayDeque<>();

    TargetVisitor(Typer typer, Scope scope) {
        this.typer = typer;
        this.scope = scope;
    }

    abstract void called(MessageSend call);

    abstract void referred(ReferenceExpression reference, Supplier<JType> target);

    /** Says what is wanted of an expression; found out only when that is asked for. */
    void target(@Nullable Expression expression, Supplier<JType> type) {
        if (expression instanceof FunctionalExpression || expression instanceof ConditionalExpression) {
            targets.put(expression, type);
        }
    }

    Supplier<JType> targetOf(Expression expression) {
        return targets.getOrDefault(expression, NOTHING);
    }

    void returns(Supplier<JType> type) {
        results.push(type);
    }

    void returned() {
        results.pop();
    }

    void targets(AllocationExpression made) {
        var here = scope;
        var arguments = Calls.arguments(made.arguments);
        for (int i = 0; i < arguments.length; i++) {
            int index = i;
            target(arguments[i], () -> typer.calls.wanted(typer.calls.constructor(made, here), arguments, index, here));
        }
    }

    @Override
    public boolean visit(MessageSend call, BlockScope none) {
        called(call);
        var here = scope;
        var arguments = Calls.arguments(call.arguments);
        for (int i = 0; i < arguments.length; i++) {
            int index = i;
            target(arguments[i], () -> typer.calls.wanted(typer.calls.choice(call, here), arguments, index, here));
        }
        return true;
    }

    @Override
    public boolean visit(ReferenceExpression reference, BlockScope none) {
        referred(reference, targetOf(reference));
        return true;
    }

    @Override
    public boolean visit(ConditionalExpression either, BlockScope none) {
        target(either.valueIfTrue, targetOf(either));
        target(either.valueIfFalse, targetOf(either));
        return true;
    }

    @Override
    public boolean visit(CastExpression cast, BlockScope none) {
        var here = scope;
        target(cast.expression, () -> typer.type(cast.type, here));
        return true;
    }

    @Override
    public boolean visit(Assignment assigned, BlockScope none) {
        var here = scope;
        target(assigned.expression, () -> typer.type(assigned.lhs, here));
        return true;
    }

    @Override
    public boolean visit(ReturnStatement statement, BlockScope none) {
        var result = results.peek();
        target(statement.expression, result == null ? NOTHING : result);
        return true;
    }

    /** What the body of a lambda that is an expression has to be. */
    void body(LambdaExpression lambda) {
        var result = results.peek();
        if (lambda.body instanceof Expression value && result != null) {
            target(value, result);
        }
    }
}
