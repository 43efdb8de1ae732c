package dev.skein.index.sem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.index.corpus.Corpus;
import dev.skein.index.sem.expr.Meaning;
import dev.skein.index.sem.resolve.Occurrence;
import dev.skein.index.sem.unit.Focus;
import dev.skein.index.sem.unit.ParsedUnit;
import dev.skein.index.sem.unit.UnitParser;
import dev.skein.index.source.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is found with a part of the bodies is what is found with all of them. */
class FocusTest {
    private static final int QUESTIONS = 500;
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");

    private static final String ODD_PATH = "odd/FocusOdd.java";
    private static final String ODD = """
            package odd;

            import java.util.function.Supplier;

            @Deprecated
            public record FocusOdd(int first, String second) {
                static final Supplier<Integer> LATER = () -> { int first = 1; return first + other(); };
                static final Object MADE = new Object() {
                    int first;
                    @Override public String toString() { int second = first; return "" + second + other(); }
                };
                static int sum;

                static {
                    int first = 2;
                    sum += first;
                }

                FocusOdd {
                    if (first < 0) { throw new IllegalArgumentException(second); }
                }

                FocusOdd(int first) { this(first, \"\"\"
                        second {"} first
                        \"\"\"); }

                enum Kind {
                    ONE { @Override int first() { int second = 7; return second; } }, TWO(3);
                    private final int first;
                    Kind() { this(1); }
                    Kind(int first) { this.first = first; }
                    int first() { return first; }
                }

                static int other() {
                    class Local { int first() { return Kind.ONE.first(); } }
                    return new Local().first() + Kind.TWO.first;
                }

                <T extends Comparable<T>> T most(T one, @SuppressWarnings("first") T other) {
                    return one.compareTo(other) > 0 ? one : other;
                }
            }
            """;

    private static SourceWorld world;
    private static List<String> paths;

    private final Random random = new Random(5);
    private final UnitParser parser = new UnitParser();
    private int bodies;
    private int all;

    @BeforeAll
    static void read() {
        var texts = new TreeMap<String, String>();
        for (var file : Corpus.library("guava")) {
            if (file.path().matches("com/google/common/(base|collect|graph)/.*")) {
                texts.put(file.path(), SourceText.of(file.bytes()).text());
            }
        }
        world = new SourceWorld(texts);
        paths = List.copyOf(texts.keySet());
    }

    /** A word of some file, by its place. */
    private record Spot(String path, String text, String word, int at) {
        int line() {
            return (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
        }

        int column() {
            return at - text.lastIndexOf('\n', at - 1) - 1;
        }
    }

    private Spot spot() {
        var path = paths.get(random.nextInt(paths.size()));
        var text = world.texts().get(path);
        var words = WORD.matcher(text);
        return words.find(random.nextInt(text.length())) ? new Spot(path, text, words.group(), words.start()) : spot();
    }

    private static List<String> words(ParsedUnit file, Spot spot) {
        return shown(world.resolver()
                .occurrences(file, world.unit(spot.path), (word, start, stop) -> word.equals(spot.word)));
    }

    private static List<String> shown(List<Occurrence> found) {
        return found.stream()
                .map(each -> {
                    var made = each.constructed();
                    return "%d %s %s %s"
                            .formatted(
                                    each.start(),
                                    told(each.meaning()),
                                    made == null ? "" : made.name(),
                                    each.declares());
                })
                .toList();
    }

    private static String told(Meaning meaning) {
        if (meaning instanceof Meaning.Local local) {
            return local.variable().name() + " at " + local.variable().start();
        }
        if (meaning instanceof Meaning.Type type) {
            return type.type().name() + " " + type.sure();
        }
        return meaning instanceof Meaning.Members members
                ? members.sure()
                        + members.members().stream()
                                .map(member -> member.owner().name() + " " + member.symbol())
                                .toList()
                                .toString()
                : meaning.toString();
    }

    private void count(ParsedUnit file) {
        for (var type : file.tree().types) {
            for (var method : type.methods == null ? new AbstractMethodDeclaration[0] : type.methods) {
                all++;
                bodies += method.statements == null ? 0 : 1;
            }
        }
    }

    @Test
    void a_word_means_the_same_where_only_bodies_that_have_it_are_read() {
        for (int i = 0; i < QUESTIONS; i++) {
            var spot = spot();
            var some = parser.parse(spot.path, spot.text, Focus.on(spot.text, spot.word));

            assertThat(words(some, spot))
                    .as(spot.path + " " + spot.word)
                    .isEqualTo(words(world.parsed(spot.path), spot));
            count(some);
        }
        assertThat(bodies).isLessThan(all / 2);
    }

    @Test
    void a_place_means_the_same_where_only_the_body_around_it_is_read() {
        for (int i = 0; i < QUESTIONS; i++) {
            var spot = spot();
            var some = parser.parse(spot.path, spot.text, Focus.at(spot.text, spot.line(), spot.column()));
            var unit = world.unit(spot.path);
            int at = spot.at + random.nextInt(spot.word.length() + 1);

            var found = world.resolver().at(some, unit, at);
            var whole = world.resolver().at(world.parsed(spot.path), unit, at);

            assertThat(shown(found == null ? List.of() : List.of(found)))
                    .as(spot.path + " " + spot.line() + ":" + spot.column())
                    .isEqualTo(shown(whole == null ? List.of() : List.of(whole)));
            count(some);
        }
        assertThat(bodies).isLessThan(all / 10);
    }

    @Test
    void every_word_and_place_of_odd_code_means_the_same() {
        var odd = new SourceWorld(Map.of(ODD_PATH, ODD));
        var unit = odd.unit(ODD_PATH);
        var whole = odd.parsed(ODD_PATH);
        assertThat(whole.errors()).isEmpty();

        WORD.matcher(ODD).results().map(MatchResult::group).distinct().forEach(word -> {
            var some = parser.parse(ODD_PATH, ODD, Focus.on(ODD, word));
            assertThat(shown(odd.resolver().occurrences(some, unit, (name, start, stop) -> name.equals(word))))
                    .as(word)
                    .isEqualTo(
                            shown(odd.resolver().occurrences(whole, unit, (name, start, stop) -> name.equals(word))));
        });
        var lines = ODD.split("\n", -1);
        for (int line = 0, at = 0; line < lines.length; at += lines[line].length() + 1, line++) {
            for (int column = 0; column <= lines[line].length(); column++) {
                var some = parser.parse(ODD_PATH, ODD, Focus.at(ODD, line, column));
                var found = odd.resolver().at(some, unit, at + column);
                var all = odd.resolver().at(whole, unit, at + column);
                assertThat(shown(found == null ? List.of() : List.of(found)))
                        .as(line + ":" + column)
                        .isEqualTo(shown(all == null ? List.of() : List.of(all)));
            }
        }
    }

    @Test
    void words_with_escapes_and_files_with_errors_are_read_wholly() {
        var escaped = "class A { int a() { int \\u0062; return b; } int b() { return 1; } }";
        var broken = "class A { int a( { return b; } int b() { return c; } }";

        for (var text : List.of(escaped, broken)) {
            var some = parser.parse("A.java", text, Focus.on(text, "b"));
            var whole = parser.parse("A.java", text);
            assertThat(some.tree().toString()).isEqualTo(whole.tree().toString());
            assertThat(some.errors()).isEqualTo(whole.errors());
        }
    }
}
