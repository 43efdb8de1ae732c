package dev.skein.pipeline.vpl.compile.code;

import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Expression.BinaryOperator;
import dev.skein.pipeline.vpl.ast.Expression.UnaryOperator;
import dev.skein.pipeline.vpl.compile.jvm.Code;
import dev.skein.pipeline.vpl.compile.kind.Kind;
import dev.skein.pipeline.vpl.value.Arithmetic;
import dev.skein.pipeline.vpl.value.Comparison;
import dev.skein.pipeline.vpl.value.Truth;
import java.lang.invoke.MethodType;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Writes binary operators and conditions. */
final class OperatorCode {
    private static final MethodType BOXED = MethodType.methodType(Object.class, Object.class, Object.class);
    private static final MethodType LONGS = MethodType.methodType(long.class, long.class, long.class);
    private static final MethodType DOUBLES = MethodType.methodType(double.class, double.class, double.class);
    private static final MethodType TRUTH = MethodType.methodType(Boolean.class, Object.class, Object.class);
    private static final MethodType TEST = MethodType.methodType(boolean.class, Object.class);

    private final ExpressionCode expressions;
    private final Body body;
    private final Code code;

    OperatorCode(ExpressionCode expressions, Body body) {
        this.expressions = expressions;
        this.body = body;
        this.code = body.code();
    }

    Kind write(Expression.Binary binary) {
        if (body.kinds().of(binary) == Kind.BOOL) {
            return writeTruth(binary);
        }
        return switch (binary.operator()) {
            case AND -> logic(binary, "isFalse", "and");
            case OR -> logic(binary, "isTrue", "or");
            default -> operands(binary);
        };
    }

    private Kind writeTruth(Expression.Binary binary) {
        var yes = new Label();
        var end = new Label();
        jump(binary, yes, true);
        code.op(Opcodes.ICONST_0);
        code.jump(Opcodes.GOTO, end);
        code.place(yes);
        code.op(Opcodes.ICONST_1);
        code.place(end);
        return Kind.BOOL;
    }

    /** Three-valued: the right side is not evaluated where the left one decides. */
    private Kind logic(Expression.Binary binary, String decides, String combines) {
        var end = new Label();
        expressions.writeAs(binary.left(), Kind.ANY);
        code.op(Opcodes.DUP);
        code.call(Truth.class, decides, TEST);
        code.jump(Opcodes.IFNE, end);
        expressions.writeAs(binary.right(), Kind.ANY);
        code.call(Truth.class, combines, TRUTH);
        code.place(end);
        return Kind.ANY;
    }

    private Kind operands(Expression.Binary binary) {
        var left = body.kinds().of(binary.left());
        var right = body.kinds().of(binary.right());
        if (left == Kind.INT && right == Kind.INT) {
            return ofInts(binary);
        }
        if (left.isNumber() && right.isNumber() && isFloatOperator(binary.operator())) {
            return ofFloats(binary);
        }
        return ofAny(binary);
    }

    private static boolean isFloatOperator(BinaryOperator operator) {
        return switch (operator) {
            case PLUS, MINUS, TIMES, DIVIDE, REMAINDER, POWER -> true;
            default -> false;
        };
    }

    private Kind ofInts(Expression.Binary binary) {
        boolean whole = body.kinds().of(binary) == Kind.INT;
        if (!whole && binary.operator() != BinaryOperator.DIVIDE && binary.operator() != BinaryOperator.REMAINDER) {
            return ofAny(binary);
        }
        expressions.write(binary.left());
        expressions.write(binary.right());
        switch (binary.operator()) {
            case PLUS -> code.call(Math.class, "addExact", LONGS);
            case MINUS -> code.call(Math.class, "subtractExact", LONGS);
            case TIMES -> code.call(Math.class, "multiplyExact", LONGS);
            case POWER -> code.call(Arithmetic.class, "power", LONGS);
            case BIT_AND -> code.op(Opcodes.LAND);
            case BIT_OR -> code.op(Opcodes.LOR);
            case BIT_XOR -> code.op(Opcodes.LXOR);
            case SHIFT_LEFT -> shift(Opcodes.LSHL);
            case SHIFT_RIGHT -> shift(Opcodes.LSHR);
            case DIVIDE -> divideInts(binary, "divide", Opcodes.LDIV);
            case REMAINDER -> divideInts(binary, "remainder", Opcodes.LREM);
            default -> throw new IllegalStateException("no operator on ints: " + binary.operator());
        }
        return whole ? Kind.INT : Kind.ANY;
    }

    private void shift(int opcode) {
        code.op(Opcodes.L2I);
        code.op(opcode);
    }

    private void divideInts(Expression.Binary binary, String method, int opcode) {
        var divisor = body.program().globals().number(binary.right());
        if (body.kinds().of(binary) == Kind.ANY) {
            code.call(Arithmetic.class, method, MethodType.methodType(Object.class, long.class, long.class));
        } else if (opcode == Opcodes.LDIV && divisor != null && divisor.longValue() == -1) {
            code.op(Opcodes.POP2);
            code.call(Math.class, "negateExact", MethodType.methodType(long.class, long.class));
        } else {
            code.op(opcode);
        }
    }

    private Kind ofFloats(Expression.Binary binary) {
        expressions.writeAs(binary.left(), Kind.FLOAT);
        expressions.writeAs(binary.right(), Kind.FLOAT);
        boolean safe = body.kinds().of(binary) == Kind.FLOAT;
        var unsafe = MethodType.methodType(Object.class, double.class, double.class);
        switch (binary.operator()) {
            case PLUS -> code.op(Opcodes.DADD);
            case MINUS -> code.op(Opcodes.DSUB);
            case TIMES -> code.op(Opcodes.DMUL);
            case POWER -> code.call(Math.class, "pow", DOUBLES);
            case DIVIDE -> opOrCall(safe, Opcodes.DDIV, "divide", unsafe);
            case REMAINDER -> opOrCall(safe, Opcodes.DREM, "remainder", unsafe);
            default -> throw new IllegalStateException("no operator on floats: " + binary.operator());
        }
        return safe ? Kind.FLOAT : Kind.ANY;
    }

    private void opOrCall(boolean safe, int opcode, String method, MethodType type) {
        if (safe) {
            code.op(opcode);
        } else {
            code.call(Arithmetic.class, method, type);
        }
    }

    private Kind ofAny(Expression.Binary binary) {
        expressions.writeAs(binary.left(), Kind.ANY);
        expressions.writeAs(binary.right(), Kind.ANY);
        switch (binary.operator()) {
            case PLUS -> code.call(Arithmetic.class, "add", BOXED);
            case MINUS -> code.call(Arithmetic.class, "subtract", BOXED);
            case TIMES -> code.call(Arithmetic.class, "multiply", BOXED);
            case DIVIDE -> code.call(Arithmetic.class, "divide", BOXED);
            case REMAINDER -> code.call(Arithmetic.class, "remainder", BOXED);
            case POWER -> code.call(Arithmetic.class, "power", BOXED);
            case BIT_AND -> code.call(Arithmetic.class, "and", BOXED);
            case BIT_OR -> code.call(Arithmetic.class, "or", BOXED);
            case BIT_XOR -> code.call(Arithmetic.class, "xor", BOXED);
            case SHIFT_LEFT -> code.call(Arithmetic.class, "shiftLeft", BOXED);
            case SHIFT_RIGHT -> code.call(Arithmetic.class, "shiftRight", BOXED);
            case LESS -> code.call(Comparison.class, "less", TRUTH);
            case AT_MOST -> code.call(Comparison.class, "atMost", TRUTH);
            case GREATER -> code.call(Comparison.class, "greater", TRUTH);
            case AT_LEAST -> code.call(Comparison.class, "atLeast", TRUTH);
            case IN -> code.call(Comparison.class, "in", TRUTH);
            case NOT_IN -> code.call(Comparison.class, "notIn", TRUTH);
            default -> throw new IllegalStateException("a later tier at " + binary.at());
        }
        return Kind.ANY;
    }

    /** Goes to {@code target} when the condition's truth is {@code when}; else on. */
    void jump(Expression condition, Label target, boolean when) {
        if (body.kinds().of(condition) != Kind.BOOL) {
            expressions.writeAs(condition, Kind.ANY);
            code.call(Truth.class, "holds", TEST);
            code.jump(when ? Opcodes.IFNE : Opcodes.IFEQ, target);
        } else if (condition instanceof Expression.Unary unary && unary.operator() == UnaryOperator.NOT) {
            jump(unary.operand(), target, !when);
        } else if (condition instanceof Expression.Binary binary) {
            jumpOn(binary, target, when);
        } else {
            expressions.write(condition);
            code.jump(when ? Opcodes.IFNE : Opcodes.IFEQ, target);
        }
    }

    private void jumpOn(Expression.Binary binary, Label target, boolean when) {
        switch (binary.operator()) {
            case AND -> jumpBoth(binary, target, when, false);
            case OR -> jumpBoth(binary, target, when, true);
            default -> jumpCompared(binary, target, when);
        }
    }

    /** @param decisive the truth of the left side that makes the right one needless */
    private void jumpBoth(Expression.Binary binary, Label target, boolean when, boolean decisive) {
        if (when == decisive) {
            jump(binary.left(), target, when);
            jump(binary.right(), target, when);
            return;
        }
        var on = new Label();
        jump(binary.left(), on, decisive);
        jump(binary.right(), target, when);
        code.place(on);
    }

    private void jumpCompared(Expression.Binary binary, Label target, boolean when) {
        var left = body.kinds().of(binary.left());
        var right = body.kinds().of(binary.right());
        if (left.isNumber() && right.isNumber()) {
            new ComparisonCode(expressions, body).jump(binary, target, when);
            return;
        }
        expressions.writeAs(binary.left(), Kind.ANY);
        expressions.writeAs(binary.right(), Kind.ANY);
        code.call(Comparison.class, "equal", MethodType.methodType(boolean.class, Object.class, Object.class));
        boolean equal = when == (binary.operator() == BinaryOperator.EQUAL);
        code.jump(equal ? Opcodes.IFNE : Opcodes.IFEQ, target);
    }
}
