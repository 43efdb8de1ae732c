package dev.skein.index.sem.expr;

import dev.skein.index.sem.expr.Inference.Unifier;
import dev.skein.index.sem.expr.Overloads.Fit;
import dev.skein.index.sem.type.Hierarchy;
import dev.skein.index.sem.type.Hierarchy.Seen;
import dev.skein.index.sem.type.JType;
import dev.skein.index.sem.type.JType.Kind;
import dev.skein.index.sem.type.Member;
import dev.skein.index.sem.type.Site;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jdt.internal.compiler.ast.Argument;
import org.eclipse.jdt.internal.compiler.ast.Assignment;
import org.eclipse.jdt.internal.compiler.ast.Block;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FunctionalExpression;
import org.eclipse.jdt.internal.compiler.ast.IfStatement;
import org.eclipse.jdt.internal.compiler.ast.LambdaExpression;
import org.eclipse.jdt.internal.compiler.ast.LocalDeclaration;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.NameReference;
import org.eclipse.jdt.internal.compiler.ast.ReferenceExpression;
import org.eclipse.jdt.internal.compiler.ast.ReturnStatement;
import org.eclipse.jdt.internal.compiler.ast.Statement;
import org.eclipse.jdt.internal.compiler.ast.TryStatement;
import org.jspecify.annotations.Nullable;

/** Lambdas and references to methods. Not thread-safe. */
public final class Functions {
    private final Typer typer;
    private final Inference inference;

    Functions(Typer typer, Inference inference) {
        this.typer = typer;
        this.inference = inference;
    }

    /** Whether a function may stand where a type is wanted, as far as its shape tells. */
    Fit fit(FunctionalExpression function, JType wanted, Scope scope) {
        if (!wanted.isClass()) {
            return wanted.kind() == Kind.PRIMITIVE || wanted.dims() > 0 ? Fit.NO : Fit.UNKNOWN;
        }
        var method = typer.hierarchy.function(wanted);
        if (method == null) {
            return typer.hierarchy.isWhole(wanted) ? Fit.NO : Fit.UNKNOWN;
        }
        if (!(function instanceof LambdaExpression lambda)) {
            return fit((ReferenceExpression) function, method, scope);
        }
        if (arguments(lambda).length != method.member().symbol().arity()) {
            return Fit.NO;
        }
        boolean isVoid = method.member().symbol().type().equals("void");
        if (lambda.body instanceof Block block) {
            return isVoid == (returned(block) == null && !endsWithThrow(block)) || endsWithThrow(block)
                    ? Fit.STRICT
                    : Fit.NO;
        }
        return !isVoid || isStatement(lambda.body) ? Fit.STRICT : Fit.NO;
    }

    private static boolean endsWithThrow(Block block) {
        return returned(block) == null
                && block.statements != null
                && block.statements.length > 0
                && block.statements[block.statements.length - 1]
                        instanceof org.eclipse.jdt.internal.compiler.ast.ThrowStatement;
    }

    private static boolean isStatement(@Nullable Statement body) {
        return body instanceof MessageSend
                || body instanceof Assignment
                || body instanceof org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
    }

    private Fit fit(ReferenceExpression reference, Seen method, Scope scope) {
        int count = method.member().symbol().arity();
        if (reference.isConstructorReference()) {
            return Fit.UNKNOWN;
        }
        var named = named(reference, scope);
        boolean some =
                named.isEmpty() || named.stream().anyMatch(seen -> mayTake(reference, seen.member(), count, scope));
        return some ? Fit.UNKNOWN : Fit.NO;
    }

    public static Argument[] arguments(LambdaExpression lambda) {
        return lambda.arguments == null ? new Argument[0] : lambda.arguments;
    }

    /** The types that the parameters of a lambda have where a type is wanted; shorter than those when not known. */
    public List<JType> parameters(JType wanted) {
        var method = typer.hierarchy.function(wanted);
        if (method == null) {
            return List.of();
        }
        var arguments = Hierarchy.arguments(method.site());
        return inference.parameters(method.member(), -1).stream()
                .map(type -> type.substitute(arguments))
                .toList();
    }

    /** What the function that is wanted gives. */
    public JType result(JType wanted) {
        var method = typer.hierarchy.function(wanted);
        return method == null
                ? JType.UNKNOWN
                : typer.names
                        .resolve(method.member().symbol().type(), Site.of(method.member()))
                        .substitute(Hierarchy.arguments(method.site()));
    }

    /** Finds what type parameters stand for by what the function takes and gives. */
    void learn(FunctionalExpression function, JType wanted, Scope scope, Unifier unifier) {
        var patterns = parameters(wanted);
        if (function instanceof LambdaExpression lambda && arguments(lambda).length == patterns.size()) {
            for (int i = 0; i < patterns.size(); i++) {
                if (isTyped(arguments(lambda)[i])) {
                    unifier.unify(patterns.get(i), typer.type(arguments(lambda)[i].type, scope), 0);
                }
            }
        }
        var types =
                patterns.stream().map(type -> type.substitute(unifier.bound)).toList();
        unifier.unify(result(wanted), given(function, types, scope), 0);
    }

    public static boolean isTyped(Argument argument) {
        return argument.type != null && !argument.type.toString().equals("var");
    }

    /** What a function gives for arguments of those types. */
    private JType given(FunctionalExpression function, List<JType> types, Scope scope) {
        if (function instanceof ReferenceExpression reference) {
            return given(reference, types, scope);
        }
        var lambda = (LambdaExpression) function;
        var inner = scope;
        var arguments = arguments(lambda);
        for (int i = 0; i < arguments.length; i++) {
            var type = isTyped(arguments[i])
                    ? typer.type(arguments[i].type, scope)
                    : i < types.size() ? types.get(i) : JType.UNKNOWN;
            var name = new String(arguments[i].name);
            inner = inner.with(new Variable(Variable.Kind.PARAMETER, name, arguments[i].sourceStart, () -> type));
        }
        return lambda.body instanceof Expression value ? typer.type(value, inner) : returned(lambda.body, inner);
    }

    /** The first value that a body returns, or null. */
    private static @Nullable Expression returned(Statement body) {
        for (var statement : statements(body)) {
            var value = statement instanceof ReturnStatement returns ? returns.expression : returned(statement);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private JType returned(@Nullable Statement body, Scope scope) {
        var inner = scope;
        for (var statement : statements(body)) {
            if (statement instanceof LocalDeclaration local) {
                inner = inner.with(local(local, inner));
            }
            var type = statement instanceof ReturnStatement returns
                    ? typer.type(returns.expression, inner)
                    : returned(statement, inner);
            if (type.isKnown() && type.kind() != Kind.NULL) {
                return type;
            }
        }
        return JType.UNKNOWN;
    }

    private static List<Statement> statements(@Nullable Statement body) {
        var inner = new ArrayList<Statement>();
        if (body instanceof Block block && block.statements != null) {
            inner.addAll(List.of(block.statements));
        } else if (body instanceof IfStatement either) {
            add(either.thenStatement, inner);
            add(either.elseStatement, inner);
        } else if (body instanceof TryStatement tries) {
            add(tries.tryBlock, inner);
        }
        return inner;
    }

    private static void add(@Nullable Statement statement, List<Statement> to) {
        if (statement != null) {
            to.add(statement);
        }
    }

    /** A local variable; {@code var} has the type of what it begins with. */
    public Variable local(LocalDeclaration local, Scope scope) {
        boolean isTyped = local.type != null && !local.type.toString().equals("var");
        return new Variable(
                Variable.Kind.LOCAL,
                new String(local.name),
                local.sourceStart,
                () -> isTyped ? typer.type(local.type, scope) : typer.type(local.initialization, scope));
    }

    private JType given(ReferenceExpression reference, List<JType> types, Scope scope) {
        if (reference.isConstructorReference()) {
            return typer.type(reference.lhs, scope);
        }
        var fitting = methods(reference, types.size(), scope);
        JType common = null;
        for (var seen : fitting) {
            var member = seen.member();
            var type = member.isMethod()
                    ? typer.names
                            .resolve(member.symbol().type(), Site.of(member))
                            .substitute(Hierarchy.arguments(seen.site()))
                    : typer.typeOf(seen);
            if (common != null && !common.isSame(type)) {
                return JType.UNKNOWN;
            }
            common = inference.known(type, member);
        }
        return common == null ? JType.UNKNOWN : common;
    }

    /** The methods that a reference may mean where a function with {@code count} parameters is wanted. */
    public List<Seen> methods(ReferenceExpression reference, int count, Scope scope) {
        var named = named(reference, scope);
        var fitting = named.stream()
                .filter(seen -> mayTake(reference, seen.member(), count, scope))
                .toList();
        return fitting.isEmpty() ? named : fitting;
    }

    private boolean mayTake(ReferenceExpression reference, Member member, int count, Scope scope) {
        int arity = member.isMethod() ? member.symbol().arity() : 0;
        boolean unbound = isType(reference.lhs, scope) && !member.isStatic();
        int wanted = unbound ? count - 1 : count;
        return arity == wanted || (member.isVarargs() && wanted >= arity - 1);
    }

    public List<Seen> named(ReferenceExpression reference, Scope scope) {
        var name = new String(reference.selector);
        var type = typer.type(reference.lhs, scope);
        var found = typer.hierarchy.methods(type, name);
        return found.isEmpty() ? typer.hierarchy.field(type, name).map(List::of).orElse(List.of()) : found;
    }

    private boolean isType(Expression expression, Scope scope) {
        if (expression instanceof NameReference name) {
            var links = typer.chains.links(Chains.tokens(name), scope);
            return links.get(links.size() - 1).isType();
        }
        return expression instanceof org.eclipse.jdt.internal.compiler.ast.TypeReference;
    }
}
