package dev.skein.pipeline.vpl.compile.code;

import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.TypeName;
import dev.skein.pipeline.vpl.compile.jvm.Code;
import dev.skein.pipeline.vpl.compile.kind.Kind;
import dev.skein.pipeline.vpl.lane.FieldSite;
import dev.skein.pipeline.vpl.resolved.Binding;
import dev.skein.pipeline.vpl.value.Arithmetic;
import dev.skein.pipeline.vpl.value.Convert;
import dev.skein.pipeline.vpl.value.Truth;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Writes the code of expressions; each visit answers the kind it leaves on the stack. */
public final class ExpressionCode implements Expression.Visitor<Kind> {
    static final MethodType UNARY = MethodType.methodType(Object.class, Object.class);

    private static final int LDC_MAX = 10_000; // a longer text may not fit the class file's 65535 bytes

    private final Body body;
    private final Code code;
    private final OperatorCode operators;
    private final CallCode calls;

    public ExpressionCode(Body body) {
        this.body = body;
        this.code = body.code();
        this.operators = new OperatorCode(this, body);
        this.calls = new CallCode(this, body);
    }

    public Kind write(Expression expression) {
        return expression.accept(this);
    }

    public void writeAs(Expression expression, Kind kind) {
        code.convert(write(expression), kind);
    }

    /** The value made to fit a declared type. */
    public Kind writeAs(Expression expression, @Nullable TypeName type) {
        return coerce(write(expression), type);
    }

    /** Goes to {@code target} when the condition's truth is {@code when}; else on. */
    public void jump(Expression condition, Label target, boolean when) {
        operators.jump(condition, target, when);
    }

    /** Makes the value on the stack fit a declared type, as {@link Kind#coerced} foresees. */
    Kind coerce(Kind from, @Nullable TypeName type) {
        var to = Kind.coerced(from, type);
        if (to == from && from != Kind.ANY) {
            return to;
        }
        code.convert(from, to);
        if (to == Kind.ANY && type != null) {
            coerceAny(type);
        }
        return to;
    }

    private void coerceAny(TypeName type) {
        switch (type.base()) {
            case INT -> code.call(Convert.class, "toInt", UNARY);
            case FLOAT -> code.call(Convert.class, "toFloat", UNARY);
            case BOOL -> code.call(Convert.class, "toBool", UNARY);
            case STR -> code.call(Convert.class, "toStr", UNARY);
            default -> {}
        }
    }

    @Override
    public Kind visitLiteral(Expression.Literal literal) {
        return push(literal.value());
    }

    private Kind push(@Nullable Object value) {
        if (value == null) {
            code.op(Opcodes.ACONST_NULL);
        } else if (value instanceof Boolean truth) {
            code.pushInt(truth ? 1 : 0);
        } else if (value instanceof String text && text.length() > LDC_MAX) {
            code.visitor().visitLdcInsn(body.draft().constant(text, String.class));
        } else if (value instanceof Number || value instanceof String) {
            code.visitor().visitLdcInsn(value);
        } else {
            code.visitor().visitLdcInsn(body.draft().constant(value, Object.class));
        }
        return Kind.ofValue(value);
    }

    @Override
    public Kind visitName(Expression.Name name) {
        var binding = body.program().resolution().of(name);
        if (binding instanceof Binding.Local local) {
            var kind = body.kinds().of(local.variable());
            code.load(kind, body.variables()[local.variable().slot()]);
            return kind;
        }
        return binding instanceof Binding.Global global ? global(global) : field((Binding.EventField) binding);
    }

    private Kind global(Binding.Global global) {
        var globals = body.program().globals();
        if (globals.known()) {
            return push(globals.value(global.let()));
        }
        code.getOwn("globals", Object[].class);
        code.pushInt(globals.index(global.let()));
        code.op(Opcodes.AALOAD);
        return Kind.ANY;
    }

    private Kind field(Binding.EventField field) {
        code.visitor().visitLdcInsn(body.draft().constant(new FieldSite(field.name()), FieldSite.class));
        if (body.eventSlot() == Body.NONE) {
            code.getOwn("event", Event.class);
        } else {
            code.load(Kind.ANY, body.eventSlot());
        }
        code.invoke(FieldSite.class, "get", MethodType.methodType(Object.class, Event.class));
        return Kind.ANY;
    }

    @Override
    public Kind visitMember(Expression.Member member) {
        if (body.program().resolution().of(member) instanceof Binding.EventField field) {
            return field(field);
        }
        return visitLater(member);
    }

    @Override
    public Kind visitCall(Expression.Call call) {
        return calls.write(call);
    }

    @Override
    public Kind visitUnary(Expression.Unary unary) {
        var kind = write(unary.operand());
        return switch (unary.operator()) {
            case MINUS -> minus(kind);
            case COMPLEMENT -> complement(kind);
            case NOT -> not(kind);
        };
    }

    private Kind minus(Kind kind) {
        if (kind == Kind.INT) {
            code.call(Math.class, "negateExact", MethodType.methodType(long.class, long.class));
            return kind;
        }
        if (kind == Kind.FLOAT) {
            code.op(Opcodes.DNEG);
            return kind;
        }
        code.convert(kind, Kind.ANY);
        code.call(Arithmetic.class, "negate", UNARY);
        return Kind.ANY;
    }

    private Kind complement(Kind kind) {
        if (kind == Kind.INT) {
            code.visitor().visitLdcInsn(-1L);
            code.op(Opcodes.LXOR);
            return kind;
        }
        code.convert(kind, Kind.ANY);
        code.call(Arithmetic.class, "complement", UNARY);
        return Kind.ANY;
    }

    private Kind not(Kind kind) {
        if (kind == Kind.BOOL) {
            code.op(Opcodes.ICONST_1);
            code.op(Opcodes.IXOR);
            return kind;
        }
        code.convert(kind, Kind.ANY);
        code.call(Truth.class, "not", MethodType.methodType(Boolean.class, Object.class));
        return Kind.ANY;
    }

    @Override
    public Kind visitBinary(Expression.Binary binary) {
        return operators.write(binary);
    }

    @Override
    public Kind visitConditional(Expression.Conditional conditional) {
        var kind = body.kinds().of(conditional);
        var otherwise = new Label();
        var end = new Label();
        jump(conditional.condition(), otherwise, false);
        writeAs(conditional.then(), kind);
        code.jump(Opcodes.GOTO, end);
        code.place(otherwise);
        writeAs(conditional.otherwise(), kind);
        code.place(end);
        return kind;
    }

    @Override
    public Kind visitRange(Expression.Range range) {
        return visitLater(range);
    }
}
