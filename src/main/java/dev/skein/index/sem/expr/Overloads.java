package dev.skein.index.sem.expr;

import dev.skein.index.sem.type.Hierarchy;
import dev.skein.index.sem.type.Hierarchy.Seen;
import dev.skein.index.sem.type.JType;
import dev.skein.index.sem.type.JType.Kind;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FunctionalExpression;

/**
 * Chooses among methods of one name, by number of arguments, then by their types in the phases of the language: without
 * boxing, with it, with a variable number; then the most specific.
 */
public final class Overloads {
    private final Typer typer;
    private final Inference inference;

    Overloads(Typer typer, Inference inference) {
        this.typer = typer;
        this.inference = inference;
    }

    /**
     * @param sure whether there is exactly one, and it can be no other
     */
    public record Choice(List<Seen> candidates, boolean sure) {
        public static final Choice NONE = new Choice(List.of(), false);

        public Choice {
            candidates = List.copyOf(candidates);
        }
    }

    /** How well an argument fits, the best first. */
    enum Fit {
        STRICT,
        LOOSE,
        VARIABLE,
        UNKNOWN,
        NO
    }

    private record Rated(Seen seen, List<JType> params, Fit phase, boolean guessed) {}

    Choice choose(List<Seen> all, Expression[] arguments, Scope scope) {
        var fitting = all.stream().filter(seen -> takes(seen, arguments.length)).toList();
        if (fitting.size() <= 1) {
            return fitting.isEmpty() ? new Choice(all, false) : new Choice(fitting, true);
        }
        var rated = new ArrayList<Rated>();
        for (var seen : fitting) {
            var each = rate(seen, arguments, scope);
            if (each.phase != Fit.NO) {
                rated.add(each);
            }
        }
        if (rated.isEmpty()) {
            return new Choice(fitting, false);
        }
        if (rated.size() > 1 && rated.stream().anyMatch(each -> each.guessed)) {
            return distinct(rated);
        }
        var phase = rated.stream().map(Rated::phase).min(Enum::compareTo).orElse(Fit.STRICT);
        rated.removeIf(each -> each.phase != phase);
        return rated.size() == 1 ? new Choice(List.of(rated.get(0).seen), true) : mostSpecific(rated);
    }

    private static boolean takes(Seen seen, int count) {
        int arity = seen.member().isMethod() ? seen.member().symbol().arity() : 0;
        return arity == count || (seen.member().isVarargs() && count >= arity - 1);
    }

    /** Guessed arguments do not matter where all want the same. */
    private Choice distinct(List<Rated> rated) {
        var first = rated.get(0);
        boolean alike = rated.stream().allMatch(each -> isSame(each.params, first.params));
        return alike
                ? new Choice(List.of(first.seen), true)
                : new Choice(rated.stream().map(Rated::seen).toList(), false);
    }

    private static boolean isSame(List<JType> some, List<JType> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!some.get(i).isSame(others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private Rated rate(Seen seen, Expression[] arguments, Scope scope) {
        var declared = inference.parameters(seen.member(), -1);
        var site = Hierarchy.arguments(seen.site());
        int arity = declared.size();
        var direct = arity == arguments.length
                ? rate(
                        seen,
                        declared.stream().map(each -> each.substitute(site)).toList(),
                        arguments,
                        scope)
                : new Rated(seen, declared, Fit.NO, false);
        if (direct.phase != Fit.NO || !seen.member().isVarargs()) {
            return direct;
        }
        var spread = inference.parameters(seen.member(), arguments.length).stream()
                .map(each -> each.substitute(site))
                .toList();
        var variable = rate(seen, spread, arguments, scope);
        return variable.phase == Fit.NO ? variable : new Rated(seen, spread, Fit.VARIABLE, variable.guessed);
    }

    private Rated rate(Seen seen, List<JType> params, Expression[] arguments, Scope scope) {
        var worst = Fit.STRICT;
        boolean guessed = false;
        for (int i = 0; i < arguments.length && i < params.size(); i++) {
            var fit = fit(arguments[i], params.get(i), scope);
            if (fit == Fit.NO) {
                return new Rated(seen, params, Fit.NO, false);
            }
            guessed |= fit == Fit.UNKNOWN;
            worst = fit == Fit.LOOSE ? Fit.LOOSE : worst;
        }
        return new Rated(seen, params, worst, guessed);
    }

    private Fit fit(Expression argument, JType param, Scope scope) {
        if (argument instanceof FunctionalExpression function) {
            return inference.functions().fit(function, param, scope);
        }
        return fit(typer.type(argument, scope), param);
    }

    private Choice mostSpecific(List<Rated> rated) {
        var best = new ArrayList<Seen>();
        for (var each : rated) {
            if (rated.stream().allMatch(other -> isAtLeast(each, other))) {
                best.add(each.seen);
            }
        }
        if (best.isEmpty()) {
            return new Choice(rated.stream().map(Rated::seen).toList(), false);
        }
        return new Choice(List.of(preferred(best)), true); // those that are left want the same
    }

    /** One that has a body goes before one that has not. */
    private static Seen preferred(List<Seen> equal) {
        return equal.stream()
                .filter(seen -> seen.member().hasBody())
                .findFirst()
                .orElse(equal.get(0));
    }

    private boolean isAtLeast(Rated one, Rated other) {
        int count = Math.min(one.params.size(), other.params.size());
        for (int i = 0; i < count; i++) {
            var mine = one.params.get(i);
            var theirs = other.params.get(i);
            if (!mine.isSame(theirs) && fit(typer.names.erased(mine), typer.names.erased(theirs)) != Fit.STRICT) {
                return false;
            }
        }
        return true;
    }

    /** Whether a value of one type may stand where the other is wanted. */
    Fit fit(JType type, JType wanted) {
        if (!type.isKnown() || !wanted.isKnown()) {
            return Fit.UNKNOWN;
        }
        if (type.kind() == Kind.NULL) {
            return wanted.isPrimitive() ? Fit.NO : Fit.STRICT;
        }
        if (wanted.kind() == Kind.VARIABLE) {
            return fitVariable(type, wanted);
        }
        if (type.isPrimitive() || wanted.isPrimitive()) {
            return fitPrimitive(type, wanted);
        }
        if (type.dims() > 0 || wanted.dims() > 0) {
            return fitArray(type, wanted);
        }
        var below = typer.hierarchy.isBelow(type, wanted);
        return below == null ? Fit.UNKNOWN : below ? Fit.STRICT : Fit.NO;
    }

    private Fit fitVariable(JType type, JType wanted) {
        if (type.isSame(wanted)) {
            return Fit.STRICT;
        }
        if (type.dims() < wanted.dims()) {
            return Fit.NO;
        }
        boolean isPrimitive = type.kind() == Kind.PRIMITIVE && type.dims() == wanted.dims();
        if (isPrimitive && wanted.dims() > 0) {
            return Fit.NO;
        }
        for (var bound : typer.names.bounds(wanted)) {
            var erased = typer.names.erased(bound);
            var below = isPrimitive || type.dims() > 0 ? null : typer.hierarchy.isBelow(type, erased);
            if (Boolean.FALSE.equals(below)) {
                return Fit.NO;
            }
        }
        return isPrimitive ? Fit.LOOSE : Fit.STRICT;
    }

    private Fit fitPrimitive(JType type, JType wanted) {
        if (type.isPrimitive() && wanted.isPrimitive()) {
            return type.widensTo(wanted) ? Fit.STRICT : Fit.NO;
        }
        if (wanted.isPrimitive()) {
            var plain = Typer.unboxed(typer.names.erased(type));
            if (plain.isPrimitive()) {
                return plain.widensTo(wanted) ? Fit.LOOSE : Fit.NO;
            }
            return type.kind() == Kind.OUTSIDE ? Fit.UNKNOWN : Fit.NO;
        }
        if (wanted.dims() > 0) {
            return Fit.NO;
        }
        var box = typer.names.one(type.boxed(), inference.anyUnit());
        var below = box == null ? null : typer.hierarchy.isBelow(JType.of(box, List.of()), wanted);
        return below == null ? Fit.UNKNOWN : below ? Fit.LOOSE : Fit.NO;
    }

    private Fit fitArray(JType type, JType wanted) {
        if (wanted.dims() > type.dims()) {
            return type.kind() == Kind.VARIABLE || type.kind() == Kind.OUTSIDE ? Fit.UNKNOWN : Fit.NO;
        }
        if (wanted.dims() < type.dims()) {
            return switch (wanted.name()) {
                case "java.lang.Object", "java.lang.Cloneable", "java.io.Serializable" -> Fit.STRICT;
                default -> Fit.NO;
            };
        }
        var element = type.array(-type.dims());
        var other = wanted.array(-wanted.dims());
        if (element.isPrimitive() || other.isPrimitive()) {
            return element.isSame(other) ? Fit.STRICT : Fit.NO;
        }
        return fit(element, other);
    }
}
