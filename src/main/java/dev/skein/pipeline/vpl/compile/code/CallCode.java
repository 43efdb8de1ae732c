package dev.skein.pipeline.vpl.compile.code;

import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.compile.jvm.Code;
import dev.skein.pipeline.vpl.compile.kind.Kind;
import dev.skein.pipeline.vpl.resolved.CallTarget;
import dev.skein.pipeline.vpl.value.Convert;
import java.lang.invoke.MethodType;
import java.util.Objects;

/** Writes calls of user functions and of built-ins. */
final class CallCode {
    private final ExpressionCode expressions;
    private final Body body;
    private final Code code;

    CallCode(ExpressionCode expressions, Body body) {
        this.expressions = expressions;
        this.body = body;
        this.code = body.code();
    }

    Kind write(Expression.Call call) {
        var target = body.program().resolution().of(call);
        return target instanceof CallTarget.User user ? user(user) : builtIn((CallTarget.BuiltIn) target);
    }

    private Kind user(CallTarget.User user) {
        var function = Objects.requireNonNull(
                body.program().functions().get(user.function().name()));
        boolean fits = true;
        for (int i = 0; i < user.arguments().size(); i++) {
            fits &= body.program().fits(body.kinds().of(user.arguments().get(i)), user.function(), i);
        }
        var signature = fits ? Signature.fast(function, body.program()) : Signature.entry(function, body.program());
        code.pushThis();
        for (int i = 0; i < user.arguments().size(); i++) {
            expressions.writeAs(user.arguments().get(i), signature.parameters().get(i));
        }
        body.pushDepth();
        code.invokeOwn(signature.name(), signature.descriptor());
        return signature.result();
    }

    private Kind builtIn(CallTarget.BuiltIn builtIn) {
        if (!builtIn.entry().name().equals("to_string")) {
            throw new IllegalStateException("a later tier: " + builtIn.entry().name());
        }
        expressions.writeAs(builtIn.arguments().get(0), Kind.ANY);
        code.call(Convert.class, "text", MethodType.methodType(String.class, Object.class));
        return Kind.ANY;
    }
}
