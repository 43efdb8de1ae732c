package dev.skein.pipeline.vpl.check;

import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Let;
import dev.skein.pipeline.vpl.ast.Position;
import dev.skein.pipeline.vpl.ast.Statement;
import dev.skein.pipeline.vpl.names.Binder;
import dev.skein.pipeline.vpl.names.Done;
import dev.skein.pipeline.vpl.names.Scope;
import dev.skein.pipeline.vpl.names.Symbols;
import dev.skein.pipeline.vpl.names.Types;
import dev.skein.pipeline.vpl.names.Uses;
import dev.skein.pipeline.vpl.resolved.Resolution;
import dev.skein.pipeline.vpl.resolved.Variable;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds the names of one function body and checks its assignments and jumps. */
final class FunctionChecker implements Statement.Visitor<Done> {
    private final Symbols symbols;
    private final Types types;
    private final Resolution resolution;
    private final Scope.Body scope;
    private final Uses uses = new Uses();
    private final Binder binder;
    private int loops;

    FunctionChecker(Symbols symbols, Types types, Resolution resolution) {
        this.symbols = symbols;
        this.types = types;
        this.resolution = resolution;
        this.scope = new Scope.Body(symbols);
        this.binder = new Binder(symbols, resolution, scope, uses, true);
    }

    /** @param variables by slot, parameters first */
    record Facts(Declaration.Function function, List<Variable> variables, Uses uses) {}

    Facts check(Declaration.Function function) {
        for (var parameter : function.parameters()) {
            scope.declare(parameter.id(), types.resolve(parameter.type()), false);
        }
        types.resolveOptional(function.result());
        block(function.body());
        return new Facts(function, scope.variables(), uses);
    }

    private void block(List<Statement> body) {
        scope.open();
        body.forEach(statement -> statement.accept(this));
        scope.close();
    }

    @Override
    public Done visitLet(Let let) {
        binder.bind(let.value());
        var type = types.resolveOptional(let.type());
        resolution.bind((Statement) let, scope.declare(let.id(), type, let.kind() == Let.Kind.VAR));
        return Done.DONE;
    }

    @Override
    public Done visitAssign(Statement.Assign assign) {
        binder.bind(assign.value());
        var variable = scope.find(assign.target().name());
        if (variable != null && variable.assignable()) {
            resolution.bind(assign, variable);
        } else {
            refuse(assign.target(), variable);
        }
        return Done.DONE;
    }

    private void refuse(Id target, @Nullable Variable variable) {
        var name = target.name();
        if (variable != null) {
            var message = "`" + name + "` cannot be assigned";
            symbols.diagnostics.error("E040", target.at(), message, "declare it with `var`: `var " + name + " = …`");
        } else if (symbols.lets.containsKey(name)) {
            var message = "top-level `" + name + "` is constant at run time";
            symbols.diagnostics.error("E040", target.at(), message, "declare a `var` in the function");
        } else if (!symbols.isBroken(name)) {
            var hint = symbols.hint(name, scope.names(), "declare it first: `var " + name + " = …`");
            symbols.diagnostics.error("E040", target.at(), "`" + name + "` is not a variable here", hint);
        }
    }

    @Override
    public Done visitReturn(Statement.Return statement) {
        if (statement.value() != null) {
            binder.bind(statement.value());
        }
        return Done.DONE;
    }

    @Override
    public Done visitBreak(Statement.Break statement) {
        return jump(statement.at(), "break");
    }

    @Override
    public Done visitContinue(Statement.Continue statement) {
        return jump(statement.at(), "continue");
    }

    private Done jump(Position at, String word) {
        if (loops == 0) {
            symbols.diagnostics.error("E000", at, "`" + word + "` outside of a loop");
        }
        return Done.DONE;
    }

    @Override
    public Done visitEmit(Statement.Emit emit) {
        uses.emits = true;
        var names = new HashSet<String>();
        for (var field : emit.fields()) {
            binder.bind(field.value());
            if (field.name() != null && !names.add(field.name().name())) {
                symbols.error("E080", field.name(), "field `" + field.name().name() + "` is given twice");
            }
        }
        return Done.DONE;
    }

    @Override
    public Done visitIf(Statement.If branch) {
        for (var each : branch.branches()) {
            binder.bind(each.condition());
            block(each.body());
        }
        block(branch.otherwise());
        return Done.DONE;
    }

    @Override
    public Done visitFor(Statement.For loop) {
        if (loop.in() instanceof Expression.Range range) {
            binder.bindBounds(range);
        } else {
            binder.bind(loop.in());
        }
        scope.open();
        resolution.bind(loop, scope.declare(loop.variable(), null, false));
        loops++;
        block(loop.body());
        loops--;
        scope.close();
        return Done.DONE;
    }

    @Override
    public Done visitWhile(Statement.While loop) {
        binder.bind(loop.condition());
        loops++;
        block(loop.body());
        loops--;
        return Done.DONE;
    }

    @Override
    public Done visitEvaluate(Statement.Evaluate evaluate) {
        binder.bind(evaluate.expression());
        return Done.DONE;
    }
}
