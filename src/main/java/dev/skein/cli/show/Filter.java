package dev.skein.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.terminal.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The filter language, compiled: {@code status=ready and events_processed > 1000}.
 *
 * <p>{@code ~} is a substring without regard to case. A list passes when one of its parts does.
 */
public final class Filter {
    private static final int LENGTH_MAX = 2_048;
    private static final int DEPTH_MAX = 16;
    private static final int TERMS_MAX = 64;
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(<=|>=|!=|!~|[=~<>(),])|'((?:[^']|'')*)'|([^\\s=~<>(),!']+))");

    private final Predicate<JsonNode> test;
    private final Set<String> fields;

    private Filter(Predicate<JsonNode> test, Set<String> fields) {
        this.test = test;
        this.fields = fields;
    }

    /**
     * Compiles a filter.
     *
     * @param now what relative times such as {@code -15m} are relative to
     * @throws Failure with the place where the text is wrong
     */
    public static Filter parse(String text, Instant now) {
        if (text.length() > LENGTH_MAX) {
            throw Failure.usage("the filter is longer than " + LENGTH_MAX + " characters");
        }
        return new Parser(text, now).whole();
    }

    public boolean test(JsonNode item) {
        return test.test(item);
    }

    /** The fields it asks for. */
    Set<String> fields() {
        return fields;
    }

    private record Token(String text, boolean quoted, int at) {
        boolean is(String word) {
            return !quoted && text.equals(word);
        }
    }

    /** One method per rule of the grammar. */
    private static final class Parser {
        private static final Set<String> OPERATORS = Set.of("=", "!=", "~", "!~", "<", "<=", ">", ">=", "in");
        private static final Set<String> PUNCTUATION = Set.of("(", ")", ",");

        private final List<Token> tokens;
        private final Instant now;
        private final Set<String> fields = new LinkedHashSet<>();
        private int next;
        private int depth;
        private int terms;

        Parser(String text, Instant now) {
            this.tokens = tokens(text);
            this.now = now;
        }

        Filter whole() {
            var all = or();
            if (next < tokens.size() - 1) {
                throw wrong("\"and\", \"or\" or the end");
            }
            return new Filter(all, fields);
        }

        private Predicate<JsonNode> or() {
            if (++depth > DEPTH_MAX) {
                throw Failure.usage("the filter is nested deeper than " + DEPTH_MAX);
            }
            var left = and();
            while (accept("or")) {
                left = left.or(and());
            }
            depth--;
            return left;
        }

        private Predicate<JsonNode> and() {
            var left = unary();
            while (accept("and")) {
                left = left.and(unary());
            }
            return left;
        }

        private Predicate<JsonNode> unary() {
            boolean negated = false;
            while (accept("not")) {
                negated = !negated;
            }
            var inner = accept("(") ? inParentheses() : test();
            return negated ? inner.negate() : inner;
        }

        private Predicate<JsonNode> inParentheses() {
            var inner = or();
            expect(")");
            return inner;
        }

        private Predicate<JsonNode> test() {
            if (++terms > TERMS_MAX) {
                throw Failure.usage("the filter has more than " + TERMS_MAX + " terms");
            }
            var field = word("a field");
            fields.add(field);
            var operator = tokens.get(next);
            if (operator.quoted || !OPERATORS.contains(operator.text)) {
                throw wrong("one of = != ~ !~ < <= > >= in");
            }
            next++;
            var values = operator.is("in") ? listed() : List.of(word("a value"));
            return new FieldTest(field, operator.text, values, now);
        }

        private List<String> listed() {
            expect("(");
            var values = new ArrayList<String>();
            do {
                values.add(word("a value"));
            } while (accept(","));
            expect(")");
            return values;
        }

        private String word(String wanted) {
            var token = tokens.get(next);
            boolean isEnd = next == tokens.size() - 1;
            if (isEnd || !token.quoted && (OPERATORS.contains(token.text) || PUNCTUATION.contains(token.text))) {
                throw wrong(wanted);
            }
            next++;
            return token.text;
        }

        private boolean accept(String word) {
            if (tokens.get(next).is(word)) {
                next++;
                return true;
            }
            return false;
        }

        private void expect(String word) {
            if (!accept(word)) {
                throw wrong("\"" + word + "\"");
            }
        }

        private Failure wrong(String wanted) {
            var token = tokens.get(next);
            var got = next == tokens.size() - 1 ? "its end" : "\"" + token.text + "\"";
            return Failure.usage("the filter has %s at column %d where %s should be".formatted(got, token.at, wanted))
                    .advise("skein help filters");
        }

        private static List<Token> tokens(String text) {
            var found = new ArrayList<Token>();
            var match = TOKEN.matcher(text);
            int at = 0;
            while (match.find(at) && match.start() == at) {
                var quoted = match.group(2);
                var plain = match.group(1) == null ? match.group(3) : match.group(1);
                found.add(new Token(
                        quoted == null ? plain : quoted.replace("''", "'"),
                        quoted != null,
                        start(match.start(), text) + 1));
                at = match.end();
            }
            if (!text.substring(at).isBlank()) {
                throw Failure.usage("the filter has something unreadable at column " + (at + 1))
                        .advise("skein help filters");
            }
            found.add(new Token("", false, text.length() + 1));
            return found;
        }

        private static int start(int from, String text) {
            int at = from;
            while (Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return at;
        }
    }
}
