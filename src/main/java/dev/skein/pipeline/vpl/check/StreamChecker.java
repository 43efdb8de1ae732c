package dev.skein.pipeline.vpl.check;

import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Operator;
import dev.skein.pipeline.vpl.ast.StreamSource;
import dev.skein.pipeline.vpl.names.Binder;
import dev.skein.pipeline.vpl.names.Scope;
import dev.skein.pipeline.vpl.names.Symbols;
import dev.skein.pipeline.vpl.names.Types;
import dev.skein.pipeline.vpl.names.Uses;
import dev.skein.pipeline.vpl.resolved.CheckedStream;
import dev.skein.pipeline.vpl.resolved.Resolution;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks one stream's operators in the order of its chain. */
final class StreamChecker {
    private final Symbols symbols;
    private final Resolution resolution;
    private final Kinds kinds;
    private final Connectors connectors;
    private final Declaration.Stream stream;
    private final Scope.Chain scope;
    private final Uses uses = new Uses();
    private final boolean isLater;
    private final Binder binder;
    private String produces;
    private @Nullable Id context;
    private @Nullable Id handsTo;
    private boolean hasOutputs;

    StreamChecker(Declaration.Stream stream, Symbols symbols, Types types, Names names) {
        this.stream = stream;
        this.symbols = symbols;
        this.resolution = names.resolution;
        this.kinds = names.kinds;
        this.connectors = names.connectors;
        this.produces = stream.name();
        this.scope = new Scope.Chain(symbols, types.fieldsOf(consumes()));
        this.isLater = LaterOperators.isLater(stream);
        this.binder = new Binder(symbols, resolution, scope, uses, !isLater);
        types.resolveOptional(stream.type());
    }

    /** What the streams of a program share while they are checked. */
    record Names(Resolution resolution, Kinds kinds, Connectors connectors) {}

    /** @param calls of user functions where none may emit */
    record Facts(CheckedStream stream, List<Expression.Call> calls) {}

    Facts check(int index) {
        var later = new LaterOperators(stream, symbols, binder, kinds);
        later.checkSource(scope, connectors);
        for (var operator : stream.operators()) {
            if (!known(operator)) {
                later.check(operator, scope);
            }
        }
        later.finish();
        var checked =
                new CheckedStream(stream, index, consumes(), produces, nameOf(context), nameOf(handsTo), hasOutputs);
        return new Facts(checked, uses.calls);
    }

    private String consumes() {
        if (stream.source() instanceof StreamSource.From from) {
            return from.type().name();
        }
        return stream.source() instanceof StreamSource.Plain plain
                ? plain.type().name()
                : "";
    }

    private static @Nullable String nameOf(@Nullable Id id) {
        return id == null ? null : id.name();
    }

    /** Checks an operator of tier 1; false for any other. */
    private boolean known(Operator operator) {
        if (operator instanceof Operator.Where where) {
            binder.bind(where.condition());
            kinds.condition(where.condition());
        } else if (operator instanceof Operator.Emit emit) {
            emit(emit);
        } else if (operator instanceof Operator.Process process) {
            process(process);
        } else if (operator instanceof Operator.InContext in) {
            context(in);
        } else if (operator instanceof Operator.To to) {
            connectors.checkTo(to);
            to.parameters().forEach(parameter -> binder.bind(parameter.value()));
            to.parameters().forEach(parameter -> expect(connectors.wanted(to, parameter), parameter.value()));
        } else {
            return false;
        }
        return true;
    }

    private void expect(Kinds.Kind wanted, Expression value) {
        var kind = kinds.of(value);
        if (kind != wanted && !kind.isOpen()) {
            var message = "`" + wanted.word() + "` expected, this is " + kind.word();
            symbols.diagnostics.error("E062", value.start(), message);
        }
    }

    private void emit(Operator.Emit emit) {
        var names = new HashSet<String>();
        for (var field : emit.fields()) {
            binder.bind(field.value());
            kinds.of(field.value());
            if (field.name() != null && !names.add(field.name().name())) {
                symbols.error("E080", field.name(), "field `" + field.name().name() + "` is given twice");
            }
        }
        if (emit.context() != null) {
            requireContext(emit.context());
            handsTo = emit.context();
        }
        produces = emit.as() == null ? stream.name() : emit.as().name();
        hasOutputs = true;
        if (!emit.fields().isEmpty()) {
            scope.replaceFields(names);
        }
    }

    /** The call may emit, its arguments too: they are part of the enclosing {@code .process}. */
    private void process(Operator.Process process) {
        var inside = new Uses();
        new Binder(symbols, resolution, scope, inside, !isLater).bind(process.call());
        kinds.of(process.call());
        hasOutputs = true;
        scope.replaceFields(Set.of());
    }

    private void context(Operator.InContext in) {
        requireContext(in.context());
        if (context != null) {
            symbols.diagnostics.error("E000", in.at(), "a stream runs in one context", "remove one `.context`");
        }
        context = in.context();
    }

    private void requireContext(Id id) {
        if (!symbols.contexts.containsKey(id.name()) && !symbols.isBroken(id.name())) {
            var hint = symbols.hint(id.name(), symbols.contexts.keySet(), "declare it: `context " + id.name() + "`");
            symbols.diagnostics.error("E031", id.at(), "unknown context `" + id.name() + "`", hint);
        }
    }
}
