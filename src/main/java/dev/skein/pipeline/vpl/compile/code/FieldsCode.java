package dev.skein.pipeline.vpl.compile.code;

import dev.skein.pipeline.event.Shape;
import dev.skein.pipeline.vpl.ast.Argument;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.compile.kind.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.objectweb.asm.Opcodes;

/** Writes the fields of a new event: its shape, which is a constant, and an array of its values. */
public final class FieldsCode {
    public static final String EMIT = "(Ljava/lang/String;Ldev/skein/pipeline/event/Shape;[Ljava/lang/Object;)V";

    private final Map<String, Expression> fields = new LinkedHashMap<>();

    public FieldsCode(List<Argument> arguments) {
        for (var argument : arguments) {
            fields.put(Objects.requireNonNull(argument.name()).name(), argument.value());
        }
    }

    public void write(Body body, ExpressionCode expressions) {
        var code = body.code();
        var shape = Shape.of(new ArrayList<>(fields.keySet()));
        code.visitor().visitLdcInsn(body.draft().constant(shape, Shape.class));
        code.pushInt(fields.size());
        code.visitor().visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        int at = 0;
        for (var field : fields.values()) {
            code.op(Opcodes.DUP);
            code.pushInt(at++);
            expressions.writeAs(field, Kind.ANY);
            code.op(Opcodes.AASTORE);
        }
    }
}
