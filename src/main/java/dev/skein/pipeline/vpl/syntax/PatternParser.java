package dev.skein.pipeline.vpl.syntax;

import dev.skein.pipeline.vpl.ast.Declaration.Pattern;
import dev.skein.pipeline.vpl.ast.Declaration.PatternTerm;
import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Position;
import dev.skein.pipeline.vpl.ast.StreamSource.Step;
import dev.skein.pipeline.vpl.ast.StreamSource.Step.Repeat;
import dev.skein.pipeline.vpl.text.Token;
import dev.skein.pipeline.vpl.text.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses named patterns and the steps they share with sequences. */
final class PatternParser {
    private static final Map<String, Repeat> REPEATS =
            Map.of("+", Repeat.ONE_OR_MORE, "*", Repeat.ANY_NUMBER, "?", Repeat.AT_MOST_ONE);

    private final Cursor cursor;
    private final ExpressionParser expressions;

    PatternParser(Cursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    /** After the keyword. */
    Pattern pattern(Position at) {
        var id = cursor.id("pattern name");
        cursor.expect("=");
        var term = either();
        var within = cursor.accept("within") ? expressions.expression() : null;
        Id partition = null;
        if (cursor.accept("partition")) {
            cursor.expect("by");
            partition = cursor.id("field name");
        }
        return new Pattern(at, id, term, within, partition);
    }

    private PatternTerm either() {
        var terms = new ArrayList<PatternTerm>();
        terms.add(both());
        var at = cursor.peek().at();
        while (cursor.accept("OR")) {
            terms.add(both());
        }
        return terms.size() == 1 ? terms.get(0) : new PatternTerm.Combined(at, false, terms);
    }

    private PatternTerm both() {
        var terms = new ArrayList<PatternTerm>();
        terms.add(one());
        var at = cursor.peek().at();
        while (cursor.accept("AND")) {
            terms.add(one());
        }
        return terms.size() == 1 ? terms.get(0) : new PatternTerm.Combined(at, true, terms);
    }

    private PatternTerm one() {
        var token = cursor.peek();
        boolean isNegated = token.isWord("NOT") && !cursor.ahead(1).isSign("+");
        if (isNegated) {
            cursor.skip();
        }
        var term = primary();
        return isNegated ? new PatternTerm.Negated(token.at(), term) : term;
    }

    private PatternTerm primary() {
        if (cursor.isWord("SEQ") && cursor.ahead(1).isSign("(")) {
            return sequence();
        }
        if (!cursor.isSign("(")) {
            return new PatternTerm.Single(step());
        }
        cursor.open("(");
        var term = either();
        cursor.close(")");
        return term;
    }

    private PatternTerm sequence() {
        var at = cursor.next().at();
        var steps = new ArrayList<Step>();
        cursor.open("(");
        do {
            steps.add(sequenceStep());
        } while (cursor.accept(",") && !cursor.isSign(")"));
        cursor.close(")");
        return new PatternTerm.Sequence(at, steps);
    }

    private Step sequenceStep() {
        var first = cursor.peek();
        boolean isNegated = first.isWord("NOT") && cursor.ahead(1).is(Kind.ID);
        if (!isNegated) {
            return step();
        }
        cursor.skip();
        var step = step();
        return new Step(first.at(), true, step.type(), step.repeat(), step.where(), step.alias());
    }

    /** {@code sequence(a: A, b: B where p)}, after the bracket. */
    List<Step> named() {
        var steps = new ArrayList<Step>();
        do {
            var alias = cursor.id("step name");
            cursor.expect(":");
            var step = step();
            steps.add(new Step(alias.at(), false, step.type(), step.repeat(), step.where(), alias));
        } while (cursor.accept(",") && !cursor.isSign(")"));
        return steps;
    }

    /** {@code ["all"] ID ["+"|"*"|"?"] { where expr | as ID }}. */
    Step step() {
        var first = cursor.peek();
        boolean isAll = first.isWord("all") && isName(cursor.ahead(1)) && !DeclarationStart.isAt(cursor, 1);
        if (isAll) {
            cursor.skip();
        }
        var type = cursor.id("event type or stream");
        var repeat = repeat(isAll);
        var tail = tail();
        return new Step(first.at(), false, type, repeat, tail.where, tail.alias);
    }

    private Repeat repeat(boolean isAll) {
        var sign = cursor.peek();
        var repeat = sign.is(Kind.SIGN) ? REPEATS.get(sign.text()) : null;
        if (repeat != null) {
            cursor.skip();
            return repeat;
        }
        return isAll ? Repeat.ONE_OR_MORE : Repeat.ONCE;
    }

    private record Tail(
            @Nullable Expression where, @Nullable Id alias) {}

    private Tail tail() {
        Expression where = null;
        Id alias = null;
        while (true) {
            if (where == null && cursor.accept("where")) {
                where = expressions.expression();
            } else if (alias == null && cursor.accept("as")) {
                alias = cursor.id("alias");
            } else {
                return new Tail(where, alias);
            }
        }
    }

    private static boolean isName(Token token) {
        return token.is(Kind.ID) && !token.isWord("where") && !token.isWord("as");
    }
}
