package dev.skein.pipeline.vpl.compile.kind;

import dev.skein.pipeline.vpl.CheckedProgram;
import dev.skein.pipeline.vpl.ast.Argument;
import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.resolved.CheckedFunction;
import dev.skein.pipeline.vpl.resolved.Resolution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The kinds of a whole program. */
public final class ProgramKinds {
    /* The result of a function depends on the kinds in its body, those on the results of the functions it calls. So all
     * start with "no value so far" and only widen (nothing < INT, FLOAT, BOOL < ANY) until nothing changes: the least
     * solution, in which recursion alone makes nothing wider. A function that is then still without a value never
     * returns; it counts as ANY.
     *
     * Each function is looked at in two variants: "fast", whose declared int, float and bool parameters are not null,
     * and "boxed", whose parameters may all be null. */

    private final Resolution resolution;
    private final Globals globals;
    private final Map<String, CheckedFunction> functions;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Map<String, Kinds> fast = new HashMap<>();
    private final Map<String, Kinds> boxed = new HashMap<>();
    private final Map<String, Kind> results = new HashMap<>();

    public ProgramKinds(CheckedProgram program, Globals globals) {
        this.resolution = program.resolution();
        this.globals = globals;
        this.functions = program.functions();
        functions.values().forEach(this::start);
        settle();
        for (var name : functions.keySet()) {
            results.replace(name, Kind.NONE, Kind.ANY);
        }
        settle();
    }

    private void start(CheckedFunction function) {
        var quick = new Kinds(function.variables().size());
        var slow = new Kinds(function.variables().size());
        for (var parameter : function.parameters()) {
            quick.widen(parameter, Kind.ofType(parameter.type()));
            slow.widen(parameter, Kind.ANY);
        }
        indexes.put(function.declaration().name(), indexes.size());
        results.put(function.declaration().name(), Kind.NONE);
        fast.put(function.declaration().name(), quick);
        boxed.put(function.declaration().name(), slow);
    }

    private void settle() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (var function : functions.values()) {
                changed |= pass(function);
            }
        }
    }

    private boolean pass(CheckedFunction function) {
        var name = function.declaration().name();
        var body = function.declaration().body();
        var quick = fast(function);
        var slow = boxed(function);
        var result = Kind.join(result(name), new BodyKinds(this, quick, function.result()).result(body));
        new BodyKinds(this, slow, function.result()).result(body);
        boolean widened = results.put(name, result) != result;
        boolean quickChanged = quick.takeChanged();
        return slow.takeChanged() | quickChanged | widened;
    }

    /** By name, in declaration order. */
    public Map<String, CheckedFunction> functions() {
        return functions;
    }

    /** The function's place in declaration order. */
    public int index(CheckedFunction function) {
        return Objects.requireNonNull(indexes.get(function.declaration().name()));
    }

    /** For a place where no expression is. */
    public Kinds none() {
        return new Kinds(0);
    }

    public Resolution resolution() {
        return resolution;
    }

    public Globals globals() {
        return globals;
    }

    public Kinds fast(CheckedFunction function) {
        return Objects.requireNonNull(fast.get(function.declaration().name()));
    }

    public Kinds boxed(CheckedFunction function) {
        return Objects.requireNonNull(boxed.get(function.declaration().name()));
    }

    /** What the fast variant of a function leaves on the stack. */
    public Kind result(String function) {
        return results.getOrDefault(function, Kind.NONE);
    }

    /** Whether an argument of this kind can be given to the fast variant as it is, or as an int that widens. */
    public boolean fits(Kind given, Declaration.Function function, int parameter) {
        var checked = Objects.requireNonNull(functions.get(function.name()));
        var wanted = Kind.ofType(checked.variables().get(parameter).type());
        return wanted == Kind.ANY || given == Kind.NONE || given == wanted || wanted == Kind.FLOAT && given == Kind.INT;
    }

    /** The kinds of an expression outside of functions. */
    public Kinds of(Expression expression) {
        var kinds = new Kinds(0);
        new ExpressionKinds(this, kinds).of(expression);
        return kinds;
    }

    /** The kinds of arguments outside of functions. */
    public Kinds of(List<Argument> arguments) {
        var kinds = new Kinds(0);
        var expressions = new ExpressionKinds(this, kinds);
        arguments.forEach(argument -> expressions.of(argument.value()));
        return kinds;
    }
}
