package dev.skein.index.sem.expr;

import dev.skein.index.sem.type.Hierarchy;
import dev.skein.index.sem.type.Hierarchy.Seen;
import dev.skein.index.sem.type.JType;
import dev.skein.index.sem.type.Site;
import dev.skein.index.sem.type.TypeInfo;
import dev.skein.index.sem.type.TypeNames;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jdt.internal.compiler.ast.AND_AND_Expression;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.ArrayAllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.ArrayReference;
import org.eclipse.jdt.internal.compiler.ast.Assignment;
import org.eclipse.jdt.internal.compiler.ast.BinaryExpression;
import org.eclipse.jdt.internal.compiler.ast.CastExpression;
import org.eclipse.jdt.internal.compiler.ast.ClassLiteralAccess;
import org.eclipse.jdt.internal.compiler.ast.ConditionalExpression;
import org.eclipse.jdt.internal.compiler.ast.EqualExpression;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FieldReference;
import org.eclipse.jdt.internal.compiler.ast.InstanceOfExpression;
import org.eclipse.jdt.internal.compiler.ast.Literal;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.NameReference;
import org.eclipse.jdt.internal.compiler.ast.OR_OR_Expression;
import org.eclipse.jdt.internal.compiler.ast.OperatorIds;
import org.eclipse.jdt.internal.compiler.ast.QualifiedSuperReference;
import org.eclipse.jdt.internal.compiler.ast.QualifiedThisReference;
import org.eclipse.jdt.internal.compiler.ast.SuperReference;
import org.eclipse.jdt.internal.compiler.ast.SwitchExpression;
import org.eclipse.jdt.internal.compiler.ast.ThisReference;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.ast.UnaryExpression;
import org.eclipse.jdt.internal.compiler.ast.YieldStatement;
import org.jspecify.annotations.Nullable;

/** Types of expressions, as far as declarations tell. Not thread-safe. */
public final class Typer {
    private static final int DEPTH_MAX = 60;
    private static final int STEPS_MAX = 400_000; // of one file

    public final TypeNames names;
    public final Hierarchy hierarchy;
    public final Calls calls;
    public final Chains chains;
    private final Map<Expression, Typed> known = new IdentityHashMap<>();
    private final Map<TypeReference, Typed> references = new IdentityHashMap<>();
    private int depth;
    private int steps;

    private record Typed(Scope scope, JType type) {}

    public Typer(TypeNames names, Hierarchy hierarchy) {
        this.names = names;
        this.hierarchy = hierarchy;
        this.calls = new Calls(this);
        this.chains = new Chains(this);
    }

    /** The type of an expression at a place; unknown rather than wrong. */
    public JType type(@Nullable Expression expression, Scope scope) {
        if (expression == null || depth > DEPTH_MAX || ++steps > STEPS_MAX) {
            return JType.UNKNOWN;
        }
        var before = known.get(expression);
        if (before != null && before.scope == scope) {
            return before.type;
        }
        depth++;
        var type = find(expression, scope);
        depth--;
        known.put(expression, new Typed(scope, type));
        return type;
    }

    private JType find(Expression expression, Scope scope) {
        if (expression instanceof NameReference name) {
            return chains.type(name, scope);
        }
        if (expression instanceof MessageSend call) {
            return calls.result(call, scope);
        }
        if (expression instanceof FieldReference field) {
            return field(field, scope);
        }
        if (expression instanceof AllocationExpression made) {
            return made(made, scope);
        }
        if (expression instanceof ThisReference self) {
            return self(self, scope);
        }
        if (expression instanceof Literal || expression instanceof BinaryExpression) {
            return operator(expression, scope);
        }
        return rest(expression, scope);
    }

    private JType rest(Expression expression, Scope scope) {
        if (expression instanceof TypeReference reference) {
            return type(reference, scope);
        }
        if (expression instanceof CastExpression cast) {
            return type(cast.type, scope);
        }
        if (expression instanceof Assignment assigned) {
            return type(assigned.lhs, scope);
        }
        if (expression instanceof ConditionalExpression either) {
            return either(type(either.valueIfTrue, scope), type(either.valueIfFalse, scope));
        }
        if (expression instanceof ArrayReference element) {
            return type(element.receiver, scope).element();
        }
        if (expression instanceof ArrayAllocationExpression array) {
            return type(array.type, scope).array(array.dimensions.length);
        }
        if (expression instanceof ClassLiteralAccess literal) {
            return classOf(type(literal.type, scope), scope);
        }
        if (expression instanceof InstanceOfExpression) {
            return JType.primitive("boolean");
        }
        if (expression instanceof UnaryExpression unary) {
            return promoted(type(unary.expression, scope));
        }
        return expression instanceof SwitchExpression choice ? switched(choice, scope) : JType.UNKNOWN;
    }

    /** What is written as a type. */
    public JType type(@Nullable TypeReference reference, Scope scope) {
        if (reference == null) {
            return JType.UNKNOWN;
        }
        var before = references.get(reference);
        if (before != null && before.scope == scope) {
            return before.type;
        }
        var type = names.resolve(reference.toString(), scope.site());
        references.put(reference, new Typed(scope, type));
        return type;
    }

    /** A class of the platform or the workspace by its qualified name. */
    JType named(String name, Scope scope) {
        var info = names.one(name, scope.unit());
        return info == null ? JType.outside(name) : JType.of(info, List.of());
    }

    private JType classOf(JType type, Scope scope) {
        var boxed = type.isPrimitive() ? named(type.boxed(), scope) : type;
        return named("java.lang.Class", scope).with(List.of(boxed));
    }

    private JType self(ThisReference self, Scope scope) {
        if (self instanceof QualifiedThisReference qualified) {
            var type = type(qualified.qualification, scope);
            boolean above = self instanceof QualifiedSuperReference;
            return type.info() == null ? JType.UNKNOWN : above ? above(type, scope) : JType.itself(type.info());
        }
        var around = scope.around();
        if (around == null) {
            return JType.UNKNOWN;
        }
        return self instanceof SuperReference ? superclass(around) : JType.itself(around);
    }

    /** Of {@code X.super}: an interface that is named is itself meant, a class its superclass. */
    private JType above(JType type, Scope scope) {
        var info = type.info();
        var around = scope.around();
        boolean isAround = info != null && around != null && encloses(info, around);
        return info != null && isAround ? superclass(info) : type;
    }

    private static boolean encloses(TypeInfo outer, TypeInfo inner) {
        for (var type = inner; type != null; type = type.outer()) {
            if (type == outer) {
                return true;
            }
        }
        return false;
    }

    private JType superclass(TypeInfo type) {
        var above = names.supertypes(type);
        return above.isEmpty() ? JType.UNKNOWN : above.get(0);
    }

    private JType field(FieldReference field, Scope scope) {
        var receiver = type(field.receiver, scope);
        var name = new String(field.token);
        if (receiver.dims() > 0) {
            return name.equals("length") ? JType.primitive("int") : JType.UNKNOWN;
        }
        return hierarchy.field(receiver, name).map(this::typeOf).orElse(JType.UNKNOWN);
    }

    /** The type of a field as seen from where it was found. */
    JType typeOf(Seen field) {
        var member = field.member();
        if (member.symbol().type().isEmpty()) {
            return JType.itself(member.owner()); // a constant of an enum
        }
        return names.resolve(member.symbol().type(), Site.of(member)).substitute(Hierarchy.arguments(field.site()));
    }

    private JType made(AllocationExpression made, Scope scope) {
        if (made.type == null) {
            return JType.UNKNOWN;
        }
        var outer = made.enclosingInstance();
        if (outer != null) {
            var info = type(outer, scope).info();
            var member = info == null
                    ? null
                    : names.memberType(info, made.type.toString().replaceAll("<.*", ""));
            return member == null ? JType.UNKNOWN : JType.of(member, List.of());
        }
        var type = type(made.type, scope);
        boolean diamond = made.type.toString().endsWith("<>");
        return diamond ? calls.diamond(made, type.with(List.of()), scope) : type;
    }

    static JType either(JType one, JType other) {
        if (!one.isKnown() || one.kind() == JType.Kind.NULL) {
            return other;
        }
        return one.isNumeric() && other.isNumeric() && one.widensTo(other) ? other : one;
    }

    private JType switched(SwitchExpression choice, Scope scope) {
        if (choice.statements == null) {
            return JType.UNKNOWN;
        }
        for (var statement : choice.statements) {
            var value = statement instanceof Expression each
                    ? each
                    : statement instanceof YieldStatement yielded ? yielded.expression : null;
            var type = type(value, scope);
            if (type.isKnown() && type.kind() != JType.Kind.NULL) {
                return type;
            }
        }
        return JType.UNKNOWN;
    }

    private JType operator(Expression expression, Scope scope) {
        if (expression instanceof EqualExpression
                || expression instanceof AND_AND_Expression
                || expression instanceof OR_OR_Expression) {
            return JType.primitive("boolean");
        }
        if (expression instanceof BinaryExpression binary) {
            return binary(binary, scope);
        }
        var literal = Literals.type((Literal) expression);
        return literal.equals("null")
                ? JType.NULL
                : JType.isPrimitive(literal) ? JType.primitive(literal) : named(literal, scope);
    }

    private JType binary(BinaryExpression binary, Scope scope) {
        int operator = (binary.bits & Expression.OperatorMASK) >> Expression.OperatorSHIFT;
        switch (operator) {
            case OperatorIds.LESS, OperatorIds.GREATER, OperatorIds.LESS_EQUAL, OperatorIds.GREATER_EQUAL -> {
                return JType.primitive("boolean");
            }
            case OperatorIds.LEFT_SHIFT, OperatorIds.RIGHT_SHIFT, OperatorIds.UNSIGNED_RIGHT_SHIFT -> {
                return promoted(type(binary.left, scope));
            }
            default -> {
                var left = unboxed(type(binary.left, scope));
                var right = unboxed(type(binary.right, scope));
                if (operator == OperatorIds.PLUS && (isText(left) || isText(right))) {
                    return isText(left) ? left : right;
                }
                return left.isPrimitive() && right.isPrimitive()
                        ? promoted(left.widensTo(right) ? right : left)
                        : JType.UNKNOWN;
            }
        }
    }

    private static boolean isText(JType type) {
        return type.dims() == 0 && type.name().equals("java.lang.String");
    }

    static JType unboxed(JType type) {
        if (type.dims() > 0 || type.isPrimitive()) {
            return type;
        }
        return switch (type.name()) {
            case "java.lang.Integer" -> JType.primitive("int");
            case "java.lang.Character" -> JType.primitive("char");
            case "java.lang.Boolean" -> JType.primitive("boolean");
            case "java.lang.Byte", "java.lang.Short", "java.lang.Long", "java.lang.Float", "java.lang.Double" ->
                JType.primitive(type.name().substring(10).toLowerCase(Locale.ROOT));
            default -> type;
        };
    }

    private static JType promoted(JType type) {
        var plain = unboxed(type);
        return switch (plain.isPrimitive() ? plain.name() : "") {
            case "byte", "short", "char" -> JType.primitive("int");
            default -> plain;
        };
    }

    /** What a loop over a value gives. */
    public JType element(JType collection, Scope scope) {
        if (collection.dims() > 0) {
            return collection.element();
        }
        var iterable = hierarchy.as(collection, "java.lang.Iterable");
        return iterable == null || iterable.args().isEmpty()
                ? JType.UNKNOWN
                : iterable.args().get(0);
    }
}
