package dev.skein.pipeline.vpl.check;

import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Expression.UnaryOperator;
import dev.skein.pipeline.vpl.ast.Let;
import dev.skein.pipeline.vpl.ast.Statement;
import dev.skein.pipeline.vpl.ast.TypeName;
import dev.skein.pipeline.vpl.names.Done;
import dev.skein.pipeline.vpl.names.Symbols;
import dev.skein.pipeline.vpl.names.Types;
import dev.skein.pipeline.vpl.resolved.Binding;
import dev.skein.pipeline.vpl.resolved.CallTarget;
import dev.skein.pipeline.vpl.resolved.Resolution;
import dev.skein.pipeline.vpl.resolved.Variable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sees at load what kind of value an expression has, where that can be seen, and reports what cannot fit. */
final class Kinds implements Expression.Visitor<Kinds.Kind> {
    /** What a value is unless it is null; {@link #ANY} when that is known only at run time. */
    enum Kind {
        INT,
        FLOAT,
        BOOL,
        STR,
        DURATION,
        NULL,
        ANY;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isNumber() {
            return this == INT || this == FLOAT;
        }

        boolean isOpen() {
            return this == ANY || this == NULL;
        }
    }

    private final Symbols symbols;
    private final Types types;
    private final Resolution resolution;
    private final IdentityHashMap<Let, Kind> lets = new IdentityHashMap<>();
    private final IdentityHashMap<Variable, Kind> variables = new IdentityHashMap<>();

    Kinds(Symbols symbols, Types types, Resolution resolution) {
        this.symbols = symbols;
        this.types = types;
        this.resolution = resolution;
    }

    /** A top-level value; those it needs come first. */
    void initialiser(Let let) {
        var kind = of(let.value());
        var type = types.resolveOptional(let.type());
        lets.put(let, type == null ? kind : fit(let.value(), kind, type));
    }

    void function(Declaration.Function function, List<Variable> all) {
        for (var variable : all.subList(0, function.parameters().size())) {
            variables.put(variable, variable.type() == null ? Kind.ANY : of(variable.type()));
        }
        new Body(function).check();
    }

    Kind of(Expression expression) {
        return expression.accept(this);
    }

    void condition(Expression condition) {
        var kind = of(condition);
        if (kind != Kind.BOOL && !kind.isOpen()) {
            var message = "a condition must be a bool, this is " + article(kind);
            symbols.diagnostics.error("E060", condition.start(), message, "compare it with something");
        }
    }

    void duration(Expression span) {
        var kind = of(span);
        if (kind != Kind.DURATION && !kind.isOpen()) {
            var message = "a duration is expected, this is " + article(kind);
            symbols.diagnostics.error("E061", span.start(), message, "write a number with a unit, as `10s`");
        }
    }

    private static String article(Kind kind) {
        return (kind == Kind.INT ? "an " : "a ") + kind.word();
    }

    private static Kind of(TypeName type) {
        return switch (type.base()) {
            case INT -> Kind.INT;
            case FLOAT -> Kind.FLOAT;
            case BOOL -> Kind.BOOL;
            case STR -> Kind.STR;
            default -> Kind.ANY;
        };
    }

    /** The kind a value has once it is in a place of a declared type. */
    Kind fit(Expression value, Kind kind, TypeName type) {
        var declared = of(type);
        boolean widens = declared == Kind.FLOAT && kind == Kind.INT;
        if (kind != declared && !widens && declared != Kind.ANY && !kind.isOpen()) {
            var message = "`" + declared.word() + "` expected, this is " + article(kind);
            symbols.diagnostics.error("E062", value.start(), message);
        }
        return declared;
    }

    @Override
    public Kind visitLiteral(Expression.Literal literal) {
        if (literal.value() == null) {
            return Kind.NULL;
        }
        if (literal.value() instanceof Long) {
            return Kind.INT;
        }
        if (literal.value() instanceof Double) {
            return Kind.FLOAT;
        }
        return literal.value() instanceof Boolean ? Kind.BOOL : Kind.STR;
    }

    @Override
    public Kind visitName(Expression.Name name) {
        return of(resolution.find(name));
    }

    private Kind of(@Nullable Binding binding) {
        if (binding instanceof Binding.Local local) {
            return variables.getOrDefault(local.variable(), Kind.ANY);
        }
        if (binding instanceof Binding.Global global) {
            return lets.getOrDefault(global.let(), Kind.ANY);
        }
        return binding instanceof Binding.EventField field && field.type() != null ? of(field.type()) : Kind.ANY;
    }

    @Override
    public Kind visitMember(Expression.Member member) {
        var binding = resolution.of(member);
        if (binding == null) {
            of(member.target());
        }
        return binding instanceof Binding.EventField ? of(binding) : Kind.ANY;
    }

    @Override
    public Kind visitUnary(Expression.Unary unary) {
        var kind = of(unary.operand());
        if (unary.operator() == UnaryOperator.NOT) {
            return Kind.BOOL;
        }
        boolean fits = kind == Kind.INT || (kind == Kind.FLOAT && unary.operator() == UnaryOperator.MINUS);
        return fits || kind == Kind.ANY ? kind : Kind.NULL;
    }

    @Override
    public Kind visitBinary(Expression.Binary binary) {
        var left = of(binary.left());
        var right = of(binary.right());
        return switch (binary.operator()) {
            case OR, AND, EQUAL, UNEQUAL, LESS, AT_MOST, GREATER, AT_LEAST, IN, NOT_IN -> Kind.BOOL;
            case COALESCE -> Kind.ANY;
            case BIT_OR, BIT_XOR, BIT_AND, SHIFT_LEFT, SHIFT_RIGHT ->
                left == Kind.INT && right == Kind.INT ? Kind.INT : mixed(left, right);
            case POWER -> left == Kind.INT && right == Kind.INT ? Kind.ANY : arithmetic(left, right);
            case PLUS -> left == Kind.STR && right == Kind.STR ? Kind.STR : arithmetic(left, right);
            default -> arithmetic(left, right);
        };
    }

    private static Kind arithmetic(Kind left, Kind right) {
        if (left.isNumber() && right.isNumber()) {
            return left == Kind.FLOAT || right == Kind.FLOAT ? Kind.FLOAT : Kind.INT;
        }
        return mixed(left, right);
    }

    private static Kind mixed(Kind left, Kind right) {
        boolean unknown = left == Kind.ANY || right == Kind.ANY || left == Kind.DURATION || right == Kind.DURATION;
        return unknown ? Kind.ANY : Kind.NULL;
    }

    @Override
    public Kind visitConditional(Expression.Conditional conditional) {
        condition(conditional.condition());
        var then = of(conditional.then());
        var otherwise = of(conditional.otherwise());
        if (then == otherwise || otherwise == Kind.NULL) {
            return then;
        }
        return then == Kind.NULL ? otherwise : Kind.ANY;
    }

    @Override
    public Kind visitRange(Expression.Range range) {
        of(range.from());
        of(range.to());
        return Kind.ANY;
    }

    @Override
    public Kind visitCall(Expression.Call call) {
        var target = resolution.find(call);
        if (target instanceof CallTarget.User user) {
            return called(user);
        }
        call.arguments().forEach(argument -> of(argument.value()));
        boolean isText = target instanceof CallTarget.BuiltIn builtIn
                && builtIn.entry().name().equals("to_string");
        return isText ? Kind.STR : Kind.ANY;
    }

    private Kind called(CallTarget.User user) {
        var parameters = user.function().parameters();
        for (int i = 0; i < parameters.size(); i++) {
            var argument = user.arguments().get(i);
            fit(argument, of(argument), types.resolve(parameters.get(i).type()));
        }
        var result = user.function().result();
        return result == null ? Kind.ANY : of(types.resolve(result));
    }

    @Override
    public Kind visitSpan(Expression.Span span) {
        return Kind.DURATION;
    }

    /** Later tiers: nothing inside is looked at, the construct itself is refused. */
    @Override
    public Kind visitLater(Expression expression) {
        return Kind.ANY;
    }

    /** One function's statements. */
    private final class Body implements Statement.Visitor<Done> {
        private final Declaration.Function function;
        private final @Nullable TypeName result;

        Body(Declaration.Function function) {
            this.function = function;
            this.result = types.resolveOptional(function.result());
        }

        void check() {
            all(function.body());
            int last = function.body().size() - 1;
            if (result != null && last >= 0 && function.body().get(last) instanceof Statement.Evaluate value) {
                fit(value.expression(), of(value.expression()), result);
            }
        }

        private void all(List<Statement> statements) {
            statements.forEach(statement -> statement.accept(this));
        }

        private Done store(@Nullable Variable variable, Expression value) {
            var kind = of(value);
            if (variable != null && variable.type() != null) {
                variables.put(variable, fit(value, kind, variable.type()));
            } else if (variable != null && !variable.assignable()) {
                variables.put(variable, kind);
            }
            return Done.DONE;
        }

        @Override
        public Done visitLet(Let let) {
            return store(resolution.of(let), let.value());
        }

        @Override
        public Done visitAssign(Statement.Assign assign) {
            return store(resolution.find(assign), assign.value());
        }

        @Override
        public Done visitReturn(Statement.Return statement) {
            var value = statement.value();
            var kind = value == null ? Kind.NULL : of(value);
            if (value != null && result != null) {
                fit(value, kind, result);
            }
            return Done.DONE;
        }

        @Override
        public Done visitBreak(Statement.Break statement) {
            return Done.DONE;
        }

        @Override
        public Done visitContinue(Statement.Continue statement) {
            return Done.DONE;
        }

        @Override
        public Done visitEmit(Statement.Emit emit) {
            emit.fields().forEach(field -> of(field.value()));
            return Done.DONE;
        }

        @Override
        public Done visitIf(Statement.If branch) {
            for (var each : branch.branches()) {
                condition(each.condition());
                all(each.body());
            }
            all(branch.otherwise());
            return Done.DONE;
        }

        @Override
        public Done visitFor(Statement.For loop) {
            of(loop.in());
            all(loop.body());
            return Done.DONE;
        }

        @Override
        public Done visitWhile(Statement.While loop) {
            condition(loop.condition());
            all(loop.body());
            return Done.DONE;
        }

        @Override
        public Done visitEvaluate(Statement.Evaluate evaluate) {
            of(evaluate.expression());
            return Done.DONE;
        }
    }
}
