package dev.skein.pipeline.vpl.names;

import dev.skein.pipeline.vpl.ast.Argument;
import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Expression.BinaryOperator;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Position;
import dev.skein.pipeline.vpl.resolved.Binding;
import dev.skein.pipeline.vpl.resolved.BuiltIns;
import dev.skein.pipeline.vpl.resolved.CallTarget;
import dev.skein.pipeline.vpl.resolved.Resolution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks up the names and calls of one expression after the other, and refuses what belongs to a later tier. */
public final class Binder implements Expression.Visitor<Done> {
    private static final Set<BinaryOperator> LATER =
            Set.of(BinaryOperator.COALESCE, BinaryOperator.IN, BinaryOperator.NOT_IN);

    private final Symbols symbols;
    private final Resolution resolution;
    private final Scope scope;
    private final Uses uses;
    private final boolean refuses;

    /** @param refuses whether to report later tiers; not where the construct around is refused already */
    public Binder(Symbols symbols, Resolution resolution, Scope scope, Uses uses, boolean refuses) {
        this.symbols = symbols;
        this.resolution = resolution;
        this.scope = scope;
        this.uses = uses;
        this.refuses = refuses;
    }

    public void bind(Expression expression) {
        expression.accept(this);
    }

    private void later(Position at, String what) {
        if (refuses) {
            symbols.later(new Id(at, what), what);
        }
    }

    @Override
    public Done visitLiteral(Expression.Literal literal) {
        return Done.DONE;
    }

    @Override
    public Done visitName(Expression.Name name) {
        var binding = scope.bind(name);
        note(binding);
        resolution.bind(name, binding);
        return Done.DONE;
    }

    private void note(Binding binding) {
        if (binding instanceof Binding.Global global) {
            uses.lets.add(global.let().name());
        }
        uses.readsEvent |= binding instanceof Binding.EventField;
    }

    @Override
    public Done visitUnary(Expression.Unary unary) {
        return unary.operand().accept(this);
    }

    @Override
    public Done visitBinary(Expression.Binary binary) {
        binary.left().accept(this);
        if (LATER.contains(binary.operator())) {
            later(binary.at(), "`" + binary.operator().sign() + "`");
        }
        return binary.right().accept(this);
    }

    @Override
    public Done visitConditional(Expression.Conditional conditional) {
        conditional.condition().accept(this);
        conditional.then().accept(this);
        return conditional.otherwise().accept(this);
    }

    @Override
    public Done visitRange(Expression.Range range) {
        later(range.at(), "a range outside of `for`");
        return bindBounds(range);
    }

    public Done bindBounds(Expression.Range range) {
        range.from().accept(this);
        return range.to().accept(this);
    }

    @Override
    public Done visitMember(Expression.Member member) {
        var source = member.target() instanceof Expression.Name name ? scope.member(name.name(), member.field()) : null;
        if (source != null && !member.safe()) {
            note(source);
            resolution.bind(member, source);
            return Done.DONE;
        }
        later(member.at(), "a member of a value");
        return member.target().accept(this);
    }

    @Override
    public Done visitIndex(Expression.Index index) {
        index.target().accept(this);
        later(index.at(), "an index");
        return index.index().accept(this);
    }

    @Override
    public Done visitSlice(Expression.Slice slice) {
        slice.target().accept(this);
        later(slice.at(), "a slice");
        bindOptional(slice.from());
        return bindOptional(slice.to());
    }

    private Done bindOptional(@Nullable Expression expression) {
        return expression == null ? Done.DONE : expression.accept(this);
    }

    @Override
    public Done visitIsNull(Expression.IsNull test) {
        later(test.at(), "`is null`");
        return test.operand().accept(this);
    }

    @Override
    public Done visitSpan(Expression.Span span) {
        later(span.at(), "a duration");
        return Done.DONE;
    }

    @Override
    public Done visitMoment(Expression.Moment moment) {
        later(moment.at(), "a timestamp");
        return Done.DONE;
    }

    @Override
    public Done visitElements(Expression.Elements elements) {
        later(elements.at(), "an array");
        elements.values().forEach(this::bind);
        return Done.DONE;
    }

    @Override
    public Done visitEntries(Expression.Entries entries) {
        later(entries.at(), "a map");
        entries.values().forEach(entry -> bind(entry.value()));
        return Done.DONE;
    }

    /** Its body is not looked at: its parameters are known only to the operator that takes it. */
    @Override
    public Done visitLambda(Expression.Lambda lambda) {
        later(lambda.at(), "a lambda");
        return Done.DONE;
    }

    @Override
    public Done visitCall(Expression.Call call) {
        call.arguments().forEach(argument -> bind(argument.value()));
        var function = symbols.functions.get(call.function().name());
        var builtIn = BuiltIns.find(call.function().name());
        if (function != null) {
            bindUser(call, function);
        } else if (builtIn.isPresent()) {
            bindBuiltIn(call, builtIn.get());
        } else if (!symbols.isBroken(call.function().name())) {
            unknown(call);
        }
        return Done.DONE;
    }

    private void unknown(Expression.Call call) {
        var name = call.function().name();
        var own = symbols.hint(name, symbols.functions.keySet());
        var hint = own != null ? own : symbols.hint(name, BuiltIns.names());
        symbols.diagnostics.error("E050", call.function().at(), "unknown function `" + name + "`", hint);
    }

    private void bindBuiltIn(Expression.Call call, BuiltIns.Entry entry) {
        int count = call.arguments().size();
        for (var argument : call.arguments()) {
            if (argument.name() != null) {
                var message = "`" + entry.name() + "` takes no named arguments";
                symbols.error("E080", argument.name(), message);
            }
        }
        if (count < entry.argumentsMin() || count > entry.argumentsMax()) {
            wrongCount(call, entry.argumentsMin(), entry.argumentsMax());
        } else if (entry.tier() > BuiltIns.TIER) {
            later(call.function().at(), "function `" + entry.name() + "`");
        }
        var values = call.arguments().stream().map(Argument::value).toList();
        resolution.bind(call, new CallTarget.BuiltIn(entry, values));
    }

    private void wrongCount(Expression.Call call, int min, int max) {
        var wanted = max == Integer.MAX_VALUE ? min + " or more" : min == max ? "" + min : min + " to " + max;
        var message = "`%s` takes %s argument%s, got %d"
                .formatted(
                        call.function().name(),
                        wanted,
                        wanted.equals("1") ? "" : "s",
                        call.arguments().size());
        symbols.error("E051", call.function(), message);
    }

    private void bindUser(Expression.Call call, Declaration.Function function) {
        uses.functions.add(function.name());
        uses.calls.add(call);
        var ordered = new Expression[function.parameters().size()];
        boolean fits = true;
        int position = 0;
        for (var argument : call.arguments()) {
            int index = argument.name() == null ? position++ : indexOf(function, argument.name());
            if (index >= 0 && index < ordered.length && ordered[index] == null) {
                ordered[index] = argument.value();
            } else if (argument.name() == null) {
                fits = false;
            } else {
                reportNamed(function, argument.name(), index >= 0);
            }
        }
        if (!fits || Arrays.asList(ordered).contains(null)) {
            reportCount(call, ordered.length);
            return;
        }
        resolution.bind(call, new CallTarget.User(function, List.of(ordered)));
    }

    /** A misspelt name has been reported and is not missing as well. */
    private void reportCount(Expression.Call call, int wanted) {
        if (call.arguments().size() != wanted) {
            wrongCount(call, wanted, wanted);
        }
    }

    private static int indexOf(Declaration.Function function, Id name) {
        return IntStream.range(0, function.parameters().size())
                .filter(i -> function.parameters().get(i).id().name().equals(name.name()))
                .findFirst()
                .orElse(-1);
    }

    private void reportNamed(Declaration.Function function, Id name, boolean known) {
        var names = new ArrayList<String>();
        function.parameters().forEach(parameter -> names.add(parameter.id().name()));
        var message = known
                ? "parameter `" + name.name() + "` is given twice"
                : "`" + function.name() + "` has no parameter `" + name.name() + "`";
        symbols.diagnostics.error("E080", name.at(), message, known ? null : symbols.hint(name.name(), names));
    }
}
