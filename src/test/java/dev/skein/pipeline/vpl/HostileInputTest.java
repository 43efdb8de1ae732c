package dev.skein.pipeline.vpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text is, the checker answers soon, with positions inside the text, and throws nothing. */
class HostileInputTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String[] WORDS = {
        "stream",
        "A",
        "=",
        "X",
        ".",
        "where",
        "(",
        ")",
        "emit",
        "as",
        "fn",
        "f",
        ":",
        "->",
        "int",
        "return",
        "let",
        "var",
        "x",
        ":=",
        "1",
        "2.5",
        "10s",
        "\"s\"",
        "'",
        "\"",
        "if",
        "elif",
        "else",
        "then",
        "while",
        "for",
        "in",
        "0..3",
        "{x}",
        "[",
        "]",
        "{",
        "}",
        ",",
        "\n",
        "\n    ",
        "\n        ",
        "\n\t",
        "event",
        "extends",
        "type",
        "context",
        "connector",
        "log",
        "to",
        "process",
        "merge",
        "join",
        "on",
        "sequence",
        "timer",
        "pattern",
        "SEQ",
        "NOT",
        "AND",
        "within",
        "partition",
        "by",
        "all",
        "+",
        "*",
        "**",
        "?",
        "??",
        "?.",
        "not",
        "and",
        "or",
        "is",
        "null",
        "<",
        "==",
        "-",
        "~",
        "/*",
        "*/",
        "#",
        "//",
        ";",
        "@2026-01-01",
        "=>",
        "config",
        "import",
        "§",
        "\\",
        "aggregate",
        "having",
        "window",
        "count",
        "break",
        "continue",
        "emit P(a: 1)",
        "for i in 0..3:\n    ",
        "é",
        "\r"
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "{",
                "-",
                "~",
                "not ",
                "x => ",
                "if ",
                "f(",
                "a[",
                "[[",
                "1 ** ",
                "a ?? ",
                "\"",
                "'",
                "/*",
                "\\",
                ".",
                ")",
                ":",
                ":\n ",
                "?.a",
                "\n",
                "\t",
                "@",
                "1.",
                "fn f(",
                "stream A = ",
                "§",
                "\uD800"
            })
    void a_mebibyte_of_one_thing_is_answered(String thing) {
        answers(thing.repeat(MEBIBYTE / 4 / thing.length()));
        answers("let a = " + thing.repeat(MEBIBYTE / 4 / thing.length()));
        answers("stream A = X .where(" + thing.repeat(10_000));
        answers("fn f():\n    " + thing.repeat(10_000));
    }

    @Test
    void the_nesting_limit_is_reported_at_the_bracket_that_exceeds_it() {
        var checked = answers("let a = " + "(".repeat(10_000) + "1" + ")".repeat(10_000));

        assertThat(checked.diagnostics())
                .singleElement()
                .matches(error -> error.code().equals("E009") && error.column() == 9 + 64);
        assertThat(answers("let a = " + "(".repeat(64) + "1" + ")".repeat(64)).valid())
                .isTrue();
    }

    @Test
    void a_text_above_the_limit_is_refused_and_one_at_the_limit_is_not() {
        assertThat(answers(" ".repeat(MEBIBYTE)).valid()).isTrue();
        assertThat(answers(" ".repeat(MEBIBYTE + 1)).valid()).isFalse();
        assertThat(answers("#" + "é".repeat(MEBIBYTE / 2)).valid()).isFalse();
    }

    @Test
    void long_chains_of_operators_do_not_exhaust_the_stack() {
        assertThat(answers("let a = 1" + " + 1".repeat(900)).valid()).isTrue();
        assertThat(answers("let a = 1" + " + 1".repeat(100_000)).diagnostics())
                .extracting(Diagnostic::code)
                .containsOnly("E009");
    }

    @Test
    void blocks_nest_to_the_limit() {
        assertThat(answers(blocks(60)).valid()).isTrue();
        assertThat(answers(blocks(1_000)).diagnostics())
                .extracting(Diagnostic::code)
                .contains("E009");
    }

    private static String blocks(int depth) {
        var text = new StringBuilder("fn f():\n");
        for (int i = 1; i < depth; i++) {
            text.append(" ".repeat(i)).append("if true:\n");
        }
        return text.append(" ".repeat(depth)).append("return 1\n").toString();
    }

    @Test
    void long_chains_of_declarations_do_not_exhaust_the_stack() {
        assertThat(answers(lines(20_000, "let a%d = a%d + 1%n") + "let a20000 = 1")
                        .valid())
                .isTrue();
        assertThat(answers("stream A0 = X\n" + lines(20_000, "stream A%2$d = A%1$d%n"))
                        .valid())
                .isTrue();
        answers("stream A0 = A20000\n" + lines(20_000, "stream A%2$d = A%1$d%n"));
        answers("event E0:\n    a: int\n" + lines(10_000, "event E%2$d extends E%1$d:%n    f%2$d: int%n"));
        answers(lines(20_000, "type T%d = T%d%n"));
        answers(lines(10_000, "stream A%d = T .emit as T(v: 1)%n"));
        answers(lines(10_000, "fn f%d():%n    f%d()%n"));
        answers(lines(10_000, "stream S%d = Unknown%d .where(nothing%1$d(v)) .to(C%1$d)%n"));
    }

    private static String lines(int count, String format) {
        return IntStream.range(0, count)
                .mapToObj(i -> format.formatted(i, i + 1))
                .collect(Collectors.joining());
    }

    @Test
    void loops_expand_within_bounds() {
        assertThat(answers("for i in 0..10000:\n    context c{i}").valid()).isTrue();
        assertThat(answers("for i in 0..9223372036854775807:\n    context c{i}").valid())
                .isFalse();
        assertThat(answers("for i in -9223372036854775807..=9223372036854775807:\n    context c")
                        .valid())
                .isFalse();
        var big = "for i in 0..10000:\n    let x{i} = \"" + "y".repeat(500_000) + "\"";
        assertThat(answers(big).diagnostics()).extracting(Diagnostic::code).contains("E014");
        var nested = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            nested.append(" ".repeat(i)).append("for i in 0..1:\n");
        }
        assertThat(answers(nested + " ".repeat(500) + "context c").valid()).isFalse();
    }

    @Test
    void unfinished_programs_are_answered_at_every_cut() {
        var source = """
                connector C = log()
                for i in 0..2:
                    stream S{i} = E .process(f({i})).to(C)
                fn f(a: int) -> int:
                    var i = 0
                    while i < a and true:
                        if i == 2:
                            break
                        else:
                            emit P(x: -i ** 2, y: "a\\u0041" + 'b')
                        i := i + 1
                    return if i > 1 then 1 else 2
                """;
        assertThat(answers(source).diagnostics()).isEmpty();
        for (int cut = 0; cut < source.length(); cut++) {
            answers(source.substring(0, cut));
            answers(source.substring(cut));
        }
    }

    @Test
    void random_words_are_answered() {
        for (int seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (int i = random.nextInt(200); i >= 0; i--) {
                text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(3) == 0 ? "" : " ");
            }
            answers(text.toString());
        }
    }

    private static Checked answers(String source) {
        var checked = assertTimeoutPreemptively(BOUND, () -> Vpl.check(source, Set.of()), () -> shown(source));
        var lines = source.lines().count() + 1;
        assertThat(checked.diagnostics()).as(() -> shown(source)).hasSizeLessThanOrEqualTo(Checked.DIAGNOSTICS_MAX);
        assertThat(checked.diagnostics())
                .as(() -> shown(source))
                .allMatch(d -> d.line() >= 1 && d.line() <= lines && d.column() >= 1);
        assertThat(checked.valid())
                .as(() -> shown(source))
                .isEqualTo(checked.diagnostics().stream().noneMatch(Diagnostic::isError));
        return checked;
    }

    private static String shown(String source) {
        return source.length() > 500 ? source.substring(0, 500) + "…" : source;
    }
}
