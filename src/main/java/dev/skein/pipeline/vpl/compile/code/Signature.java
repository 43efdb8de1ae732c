package dev.skein.pipeline.vpl.compile.code;

import dev.skein.pipeline.vpl.compile.kind.Kind;
import dev.skein.pipeline.vpl.compile.kind.ProgramKinds;
import dev.skein.pipeline.vpl.resolved.CheckedFunction;
import java.util.List;

/** A method that stands for a function; after the parameters it takes the depth of the call. */
record Signature(String name, List<Kind> parameters, Kind result) {
    /** For arguments known to be what the parameters declare, and not null. */
    static Signature fast(CheckedFunction function, ProgramKinds program) {
        var parameters = function.parameters().stream()
                .map(parameter -> Kind.ofType(parameter.type()))
                .toList();
        return new Signature(
                "f" + program.index(function),
                parameters,
                program.result(function.declaration().name()));
    }

    /** For any arguments: checks them, then calls the fast method if none is null, else the boxed one. */
    static Signature entry(CheckedFunction function, ProgramKinds program) {
        return ofAny("e", function, program);
    }

    /** For arguments that may be null. */
    static Signature boxed(CheckedFunction function, ProgramKinds program) {
        return ofAny("b", function, program);
    }

    private static Signature ofAny(String prefix, CheckedFunction function, ProgramKinds program) {
        var parameters =
                function.parameters().stream().map(parameter -> Kind.ANY).toList();
        return new Signature(prefix + program.index(function), parameters, Kind.ANY);
    }

    /** Whether the fast method is all there is. */
    boolean isAny() {
        return parameters.stream().allMatch(kind -> kind == Kind.ANY);
    }

    String descriptor() {
        var text = new StringBuilder("(");
        parameters.forEach(kind -> text.append(kind.descriptor()));
        return text.append("I)").append(result.descriptor()).toString();
    }
}
