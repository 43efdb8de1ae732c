package dev.skein.index.sem.expr;

import dev.skein.index.sem.type.Hierarchy;
import dev.skein.index.sem.type.Hierarchy.Seen;
import dev.skein.index.sem.type.Imports;
import dev.skein.index.sem.type.JType;
import dev.skein.index.sem.type.JType.Kind;
import dev.skein.index.sem.type.Member;
import dev.skein.index.sem.type.Site;
import dev.skein.index.sem.type.TypeParam;
import dev.skein.index.sem.type.UnitInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FunctionalExpression;

/** What type parameters stand for in one call, as far as its arguments tell. Not thread-safe. */
public final class Inference {
    private static final int DEPTH_MAX = 20;

    private final Typer typer;
    private final Functions functions;
    private final Map<Member, List<JType>> declared = new IdentityHashMap<>();
    private UnitInfo unit = new UnitInfo("", "", Imports.NONE);

    Inference(Typer typer) {
        this.typer = typer;
        this.functions = new Functions(typer, this);
    }

    public Functions functions() {
        return functions;
    }

    /** Names that are qualified mean the same in any file, but for which of several is nearest. */
    UnitInfo anyUnit() {
        return unit;
    }

    public void near(UnitInfo file) {
        unit = file;
    }

    /** Types of a method's parameters, the last repeated or left out to make {@code count}; as declared for -1. */
    List<JType> parameters(Member member, int count) {
        var types = declared.computeIfAbsent(member, this::read);
        if (count < 0 || !member.isVarargs() || types.isEmpty()) {
            return types;
        }
        var spread = new ArrayList<>(types.subList(0, types.size() - 1));
        while (spread.size() < count) {
            spread.add(types.get(types.size() - 1).element());
        }
        return spread;
    }

    private List<JType> read(Member member) {
        if (!member.isMethod()) {
            return List.of();
        }
        var site = Site.of(member);
        return member.parameterTypes().stream()
                .map(text -> typer.names.resolve(text, site))
                .toList();
    }

    /**
     * A method with the arguments that it is called with at a place.
     *
     * @param more parameters that are to be found too: those of the class, for a constructor
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Call(Seen seen, Expression[] arguments, Scope scope, List<TypeParam> more) {}

    /** @param explicit what is written */
    Map<TypeParam, JType> bind(Call call, Map<TypeParam, JType> explicit) {
        return bind(call, explicit, call.arguments.length);
    }

    /** @param until index of a function as argument that is not looked at, nor those after it */
    Map<TypeParam, JType> bind(Call call, Map<TypeParam, JType> explicit, int until) {
        var arguments = call.arguments;
        var scope = call.scope;
        var member = call.seen.member();
        var bound = new HashMap<>(Hierarchy.arguments(call.seen.site()));
        bound.putAll(explicit);
        var wanted = new ArrayList<>(member.params());
        wanted.addAll(call.more);
        call.more.forEach(bound::remove);
        if (wanted.isEmpty()) {
            return bound;
        }
        var unifier = new Unifier(wanted, bound);
        var params = fitted(member, arguments, scope);
        for (int i = 0; i < arguments.length && i < params.size(); i++) {
            if (!(arguments[i] instanceof FunctionalExpression)) {
                unifier.unify(params.get(i), typer.type(arguments[i], scope), 0);
            }
        }
        for (int i = 0; i < until && i < params.size(); i++) {
            if (arguments[i] instanceof FunctionalExpression function) {
                functions.learn(function, params.get(i), scope, unifier);
            }
        }
        return bound;
    }

    private List<JType> fitted(Member member, Expression[] arguments, Scope scope) {
        var types = parameters(member, -1);
        if (!member.isVarargs() || arguments.length == 0 || types.size() != arguments.length) {
            return parameters(member, arguments.length);
        }
        var last = typer.type(arguments[arguments.length - 1], scope);
        boolean isArray = last.dims() >= types.get(types.size() - 1).dims();
        return isArray ? types : parameters(member, arguments.length);
    }

    /** Without parameters of the method that nothing was found for: their bounds where those are written. */
    JType known(JType type, Member member) {
        var left = new HashMap<TypeParam, JType>();
        for (var param : member.params()) {
            left.put(
                    param,
                    param.bound().isEmpty() ? JType.UNKNOWN : typer.names.erased(JType.of(param, Site.of(member))));
        }
        return type.substitute(left);
    }

    /** Lays types that are written over types that are there. */
    final class Unifier {
        final Map<TypeParam, JType> bound;
        private final List<TypeParam> wanted;

        Unifier(List<TypeParam> wanted, Map<TypeParam, JType> bound) {
            this.wanted = wanted;
            this.bound = bound;
        }

        void unify(JType pattern, JType actual, int depth) {
            if (!actual.isKnown() || actual.kind() == Kind.NULL || depth > DEPTH_MAX) {
                return;
            }
            var variable = pattern.variable();
            if (variable != null) {
                if (wanted.contains(variable) && actual.dims() >= pattern.dims()) {
                    take(variable, actual.array(-pattern.dims()));
                }
                return;
            }
            if (pattern.args().isEmpty() || actual.dims() != pattern.dims()) {
                return;
            }
            var same = typer.hierarchy.as(actual.array(-actual.dims()), pattern.name());
            if (same == null || same.args().size() != pattern.args().size()) {
                return;
            }
            for (int i = 0; i < pattern.args().size(); i++) {
                unify(pattern.args().get(i), same.args().get(i), depth + 1);
            }
        }

        private void take(TypeParam variable, JType actual) {
            var type = actual.isPrimitive() ? boxed(actual) : actual;
            var before = bound.get(variable);
            if (before == null || Boolean.TRUE.equals(typer.hierarchy.isBelow(before, type))) {
                bound.put(variable, type);
            }
        }

        private JType boxed(JType primitive) {
            var info = typer.names.one(primitive.boxed(), anyUnit());
            return info == null ? JType.outside(primitive.boxed()) : JType.of(info, List.of());
        }
    }
}
