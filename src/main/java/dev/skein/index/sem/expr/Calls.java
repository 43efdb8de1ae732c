package dev.skein.index.sem.expr;

import dev.skein.index.sem.expr.Inference.Call;
import dev.skein.index.sem.expr.Overloads.Choice;
import dev.skein.index.sem.type.Hierarchy;
import dev.skein.index.sem.type.Hierarchy.Seen;
import dev.skein.index.sem.type.JType;
import dev.skein.index.sem.type.Member;
import dev.skein.index.sem.type.Site;
import dev.skein.index.sem.type.TypeParam;
import dev.skein.index.symbol.SymbolKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.jspecify.annotations.Nullable;

/** Which method a call means, and what it gives. Not thread-safe. */
public final class Calls {
    private static final Expression[] NONE = new Expression[0];

    private final Typer typer;
    private final Overloads overloads;
    private final Inference inference;
    private final Map<Expression, Made> made = new IdentityHashMap<>();

    private record Made(Scope scope, Choice choice) {}

    Calls(Typer typer) {
        this.typer = typer;
        this.inference = new Inference(typer);
        this.overloads = new Overloads(typer, inference);
    }

    public Inference inference() {
        return inference;
    }

    public static Expression[] arguments(Expression @Nullable [] arguments) {
        return arguments == null ? NONE : arguments;
    }

    /** The methods that a call may mean; one when that is sure. */
    public Choice choice(MessageSend call, Scope scope) {
        var before = made.get(call);
        if (before != null && before.scope == scope) {
            return before.choice;
        }
        var choice = overloads.choose(candidates(call, scope), arguments(call.arguments), scope);
        made.put(call, new Made(scope, choice));
        return choice;
    }

    private List<Seen> candidates(MessageSend call, Scope scope) {
        var name = new String(call.selector);
        if (call.receiverIsImplicitThis()) {
            return unqualified(name, scope);
        }
        var receiver = receiver(call, scope);
        return receiver.dims() > 0 ? List.of() : methods(receiver, name, arguments(call.arguments).length);
    }

    /** What stands before the dot, which may be a type. */
    public JType receiver(MessageSend call, Scope scope) {
        return typer.type(call.receiver, scope);
    }

    /** With the accessor of a record's component where it is not written. */
    private List<Seen> methods(JType receiver, String name, int arguments) {
        var found = typer.hierarchy.methods(receiver, name);
        if (found.isEmpty() && arguments == 0) {
            return typer.hierarchy
                    .field(receiver, name)
                    .filter(seen -> seen.member().symbol().kind() == SymbolKind.RECORD_COMPONENT)
                    .map(List::of)
                    .orElse(found);
        }
        return found;
    }

    /** Those of the innermost type around that has any of that name, else those that are imported. */
    List<Seen> unqualified(String name, Scope from) {
        for (var scope = from; scope != null; scope = scope.outer()) {
            var body = scope.bodyOf();
            if (body != null) {
                var found = methods(JType.itself(body), name, 0);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        var imports = from.unit().imports();
        var found = statics(imports.statics(name), name, from);
        return found.isEmpty() ? statics(imports.staticsOnDemand(), name, from) : found;
    }

    private List<Seen> statics(List<String> owners, String name, Scope scope) {
        var found = new ArrayList<Seen>();
        for (var owner : owners) {
            var names = List.of(owner.split("\\."));
            var type = typer.names.qualified(names, names.size(), scope.unit());
            if (type != null) {
                found.addAll(typer.hierarchy.methods(type, name));
            }
        }
        return found;
    }

    JType result(MessageSend call, Scope scope) {
        var choice = choice(call, scope);
        if (choice.candidates().isEmpty()) {
            return isClone(call, scope) ? typer.type(call.receiver, scope) : JType.UNKNOWN;
        }
        JType common = null;
        for (var candidate : choice.candidates()) {
            var result = result(candidate, call, scope);
            if (common != null && !common.isSame(result)) {
                return JType.UNKNOWN;
            }
            common = result;
        }
        return common == null ? JType.UNKNOWN : common;
    }

    private boolean isClone(MessageSend call, Scope scope) {
        return new String(call.selector).equals("clone")
                && typer.type(call.receiver, scope).dims() > 0;
    }

    private JType result(Seen seen, MessageSend call, Scope scope) {
        var member = seen.member();
        if (!member.isMethod()) {
            return typer.typeOf(seen);
        }
        var declared = typer.names.resolve(member.symbol().type(), Site.of(member));
        var bound = explicit(member, call, scope);
        bound.putAll(inference.bind(new Call(seen, arguments(call.arguments), scope, List.of()), bound));
        return inference.known(declared.substitute(bound), member);
    }

    private Map<TypeParam, JType> explicit(Member member, MessageSend call, Scope scope) {
        var bound = new HashMap<TypeParam, JType>();
        if (call.typeArguments != null
                && call.typeArguments.length == member.params().size()) {
            for (int i = 0; i < call.typeArguments.length; i++) {
                bound.put(member.params().get(i), typer.type(call.typeArguments[i], scope));
            }
        }
        return bound;
    }

    /** The constructors that an expression may mean; none when the class has none that is written. */
    public Choice constructor(AllocationExpression made, Scope scope) {
        var type = typer.type(made, scope);
        return overloads.choose(Hierarchy.constructors(type), arguments(made.arguments), scope);
    }

    /** A class with the arguments that its constructor's make likely. */
    JType diamond(AllocationExpression made, JType type, Scope scope) {
        var info = type.info();
        if (info == null || info.params().isEmpty() || made.arguments == null) {
            return type;
        }
        var choice = overloads.choose(Hierarchy.constructors(type), made.arguments, scope);
        if (!choice.sure() || choice.candidates().isEmpty()) {
            return type;
        }
        var seen = choice.candidates().get(0);
        var bound = inference.bind(new Call(seen, made.arguments, scope, info.params()), Map.of());
        boolean isWhole = info.params().stream().allMatch(bound::containsKey);
        return isWhole ? type.with(info.params().stream().map(bound::get).toList()) : type;
    }

    /** What the function that is passed as an argument has to be. */
    public JType wanted(Choice choice, Expression[] arguments, int index, Scope scope) {
        if (!choice.sure() || choice.candidates().isEmpty()) {
            return JType.UNKNOWN;
        }
        var seen = choice.candidates().get(0);
        if (!seen.member().isMethod()) {
            return JType.UNKNOWN;
        }
        var bound = inference.bind(new Call(seen, arguments, scope, List.of()), Map.of(), index);
        var params = inference.parameters(seen.member(), arguments.length);
        return index < params.size() ? params.get(index).substitute(bound) : JType.UNKNOWN;
    }
}
