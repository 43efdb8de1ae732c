package dev.skein.pipeline.vpl.compile.code;

import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Expression.BinaryOperator;
import dev.skein.pipeline.vpl.compile.jvm.Code;
import dev.skein.pipeline.vpl.compile.kind.Kind;
import dev.skein.pipeline.vpl.value.Comparison;
import java.lang.invoke.MethodType;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Writes comparisons of two numbers that are not null. */
final class ComparisonCode {
    private static final long EXACT_MAX = 1L << 53; // a double holds every whole number up to here

    private final ExpressionCode expressions;
    private final Body body;
    private final Code code;

    ComparisonCode(ExpressionCode expressions, Body body) {
        this.expressions = expressions;
        this.body = body;
        this.code = body.code();
    }

    /** Goes to {@code target} when the comparison's truth is {@code when}; with a NaN only {@code !=} is true. */
    void jump(Expression.Binary binary, Label target, boolean when) {
        boolean low = binary.operator() == BinaryOperator.GREATER || binary.operator() == BinaryOperator.AT_LEAST;
        var left = kind(binary.left(), binary.right());
        var right = kind(binary.right(), binary.left());
        expressions.writeAs(binary.left(), left);
        expressions.writeAs(binary.right(), right);
        if (left == Kind.INT && right == Kind.INT) {
            code.op(Opcodes.LCMP);
        } else if (left == right) {
            code.op(low ? Opcodes.DCMPL : Opcodes.DCMPG);
        } else {
            var type = MethodType.fromMethodDescriptorString(
                    "(" + left.descriptor() + right.descriptor() + ")I", ComparisonCode.class.getClassLoader());
            code.call(Comparison.class, low ? "compareLow" : "compareHigh", type);
        }
        code.jump(when ? opcode(binary.operator()) : inverse(binary.operator()), target);
    }

    /** An int constant beside a float is compared as a float where that is exact. */
    private Kind kind(Expression operand, Expression other) {
        var own = body.kinds().of(operand);
        var number = body.program().globals().number(operand);
        boolean exact = number instanceof Long whole && whole >= -EXACT_MAX && whole <= EXACT_MAX;
        return exact && body.kinds().of(other) == Kind.FLOAT ? Kind.FLOAT : own;
    }

    private static int opcode(BinaryOperator operator) {
        return switch (operator) {
            case LESS -> Opcodes.IFLT;
            case AT_MOST -> Opcodes.IFLE;
            case GREATER -> Opcodes.IFGT;
            case AT_LEAST -> Opcodes.IFGE;
            case EQUAL -> Opcodes.IFEQ;
            case UNEQUAL -> Opcodes.IFNE;
            default -> throw new IllegalStateException("no comparison: " + operator);
        };
    }

    private static int inverse(BinaryOperator operator) {
        return switch (operator) {
            case LESS -> Opcodes.IFGE;
            case AT_MOST -> Opcodes.IFGT;
            case GREATER -> Opcodes.IFLE;
            case AT_LEAST -> Opcodes.IFLT;
            case EQUAL -> Opcodes.IFNE;
            case UNEQUAL -> Opcodes.IFEQ;
            default -> throw new IllegalStateException("no comparison: " + operator);
        };
    }
}
