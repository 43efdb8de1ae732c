package dev.skein.pipeline.vpl.compile.kind;

import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.resolved.Binding;
import dev.skein.pipeline.vpl.resolved.CallTarget;

/** Finds the kind of an expression and of all its parts from what is known so far. */
final class ExpressionKinds implements Expression.Visitor<Kind> {
    private static final int SHIFT_MAX = 63;

    private final ProgramKinds program;
    private final Kinds kinds;

    ExpressionKinds(ProgramKinds program, Kinds kinds) {
        this.program = program;
        this.kinds = kinds;
    }

    Kind of(Expression expression) {
        return kinds.note(expression, expression.accept(this));
    }

    @Override
    public Kind visitLiteral(Expression.Literal literal) {
        return Kind.ofValue(literal.value());
    }

    @Override
    public Kind visitName(Expression.Name name) {
        var binding = program.resolution().of(name);
        if (binding instanceof Binding.Local local) {
            return kinds.soFar(local.variable());
        }
        return binding instanceof Binding.Global global
                ? Kind.ofValue(program.globals().value(global.let()))
                : Kind.ANY;
    }

    @Override
    public Kind visitMember(Expression.Member member) {
        return Kind.ANY;
    }

    @Override
    public Kind visitCall(Expression.Call call) {
        var target = program.resolution().of(call);
        boolean fits = true;
        for (int i = 0; i < target.arguments().size(); i++) {
            var given = of(target.arguments().get(i));
            fits &= !(target instanceof CallTarget.User user) || program.fits(given, user.function(), i);
        }
        return target instanceof CallTarget.User user && fits
                ? program.result(user.function().name())
                : Kind.ANY;
    }

    @Override
    public Kind visitUnary(Expression.Unary unary) {
        var operand = of(unary.operand());
        if (operand == Kind.NONE) {
            return Kind.NONE;
        }
        boolean keeps = switch (unary.operator()) {
            case MINUS -> operand.isNumber();
            case COMPLEMENT -> operand == Kind.INT;
            case NOT -> operand == Kind.BOOL;
        };
        return keeps ? operand : Kind.ANY;
    }

    @Override
    public Kind visitConditional(Expression.Conditional conditional) {
        of(conditional.condition());
        return Kind.join(of(conditional.then()), of(conditional.otherwise()));
    }

    @Override
    public Kind visitRange(Expression.Range range) {
        of(range.from());
        of(range.to());
        return Kind.ANY;
    }

    @Override
    public Kind visitBinary(Expression.Binary binary) {
        var left = of(binary.left());
        var right = of(binary.right());
        return left == Kind.NONE || right == Kind.NONE ? Kind.NONE : ofOperands(binary, left, right);
    }

    private Kind ofOperands(Expression.Binary binary, Kind left, Kind right) {
        boolean numbers = left.isNumber() && right.isNumber();
        boolean ints = left == Kind.INT && right == Kind.INT;
        var globals = program.globals();
        return switch (binary.operator()) {
            case AND, OR -> left == Kind.BOOL && right == Kind.BOOL ? Kind.BOOL : Kind.ANY;
            case EQUAL, UNEQUAL -> Kind.BOOL;
            case LESS, AT_MOST, GREATER, AT_LEAST -> numbers ? Kind.BOOL : Kind.ANY;
            case BIT_AND, BIT_OR, BIT_XOR -> ints ? Kind.INT : Kind.ANY;
            case SHIFT_LEFT, SHIFT_RIGHT -> ints && globals.isWhole(binary.right(), SHIFT_MAX) ? Kind.INT : Kind.ANY;
            case PLUS, MINUS, TIMES -> number(numbers, ints);
            case DIVIDE, REMAINDER -> number(numbers && globals.isSafeDivisor(binary.right()), ints);
            case POWER -> number(numbers && (!ints || globals.isWhole(binary.right(), Long.MAX_VALUE)), ints);
            case IN, NOT_IN, COALESCE -> Kind.ANY;
        };
    }

    private static Kind number(boolean numbers, boolean ints) {
        return !numbers ? Kind.ANY : ints ? Kind.INT : Kind.FLOAT;
    }
}
