package dev.skein.review.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.Chunk;
import dev.skein.review.Finding;
import dev.skein.review.Lines;
import dev.skein.review.Proposal;
import dev.skein.review.Region;
import dev.skein.review.Severity;
import dev.skein.review.SourceFile;
import dev.skein.review.text.TextLines;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a fingerprint must survive, on made-up files in several languages. */
class FingerprintTest {
    private static final int SEEDS = 300;

    @Test
    void it_stays_while_lines_are_inserted_blocks_move_and_code_is_indented_anew() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var language = List.of("java", "python", "go").get(seed % 3);
            var blocks = blocks(language, 2 + random.nextInt(6));
            int wanted = random.nextInt(blocks.size());
            var before = fingerprint(language, text(language, blocks), wanted);

            Collections.shuffle(blocks, random);
            var moved = inserted(text(language, blocks), random, language);
            var after = random.nextBoolean() ? moved.replace("    ", "\t") : moved;

            assertThat(fingerprint(language, after, wanted))
                    .as("seed " + seed + "\n" + after)
                    .isEqualTo(before);
        }
    }

    @Test
    void equal_code_in_two_functions_has_two() {
        for (var language : List.of("java", "python", "go")) {
            var blocks = blocks(language, 3);
            var text = text(language, blocks);

            assertThat(List.of(
                            at(language, text, "call(same)", 0),
                            at(language, text, "call(same)", 1),
                            at(language, text, "call(same)", 2)))
                    .as(text)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void equal_code_in_one_function_is_numbered() {
        var text = "def f():\n    call(same)\n    call(same)\n";

        assertThat(at("python", text, "call(same)", 0)).isNotEqualTo(at("python", text, "call(same)", 1));
    }

    @Test
    void another_rule_or_another_path_has_another() {
        var file = new SourceFile("a.py", "python", "call()\n", "", 1);
        var other = new SourceFile("b.py", "python", "call()\n", "", 1);

        assertThat(List.of(
                        finding(file, "call()", 1, "one").fingerprint(),
                        finding(file, "call()", 1, "two").fingerprint(),
                        finding(other, "call()", 1, "one").fingerprint()))
                .doesNotHaveDuplicates();
    }

    @Test
    void changed_code_has_another() {
        assertThat(at("python", "def f():\n    call(same, 2)\n", "call(same, 2)", 0))
                .isNotEqualTo(at("python", "def f():\n    call(same, 3)\n", "call(same, 3)", 0));
    }

    private static List<String> blocks(String language, int count) {
        return new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> switch (language) {
                    case "java" ->
                        "    void f" + i + "(int a) {\n        if (a > 1) {\n            call(same);\n        }\n"
                                + "        bad(" + i + ");\n    }\n";
                    case "go" ->
                        "func (s *Server) f" + i + "(a int)\n{\n    if a > 1 {\n        call(same)\n    }\n    bad(" + i
                                + ")\n}\n";
                    default -> "def f" + i + "(a):\n    if a > 1:\n        call(same)\n    bad(" + i + ")\n";
                })
                .toList());
    }

    private static String text(String language, List<String> blocks) {
        var body = String.join("\n", blocks);
        return language.equals("java") ? "package a.b;\n\nclass C {\n" + body + "}\n" : body;
    }

    private static String inserted(String text, Random random, String language) {
        var comment = language.equals("python") ? "# more" : "// more";
        var lines = new StringBuilder();
        for (var line : text.split("\n")) {
            if (random.nextInt(4) == 0) {
                lines.append(line, 0, line.length() - line.stripLeading().length())
                        .append(comment)
                        .append('\n');
            }
            lines.append(line).append('\n');
        }
        return lines.toString();
    }

    private static String fingerprint(String language, String text, int number) {
        return at(language, text, "bad(" + number + ")", 0) + at(language, text, "call(same)", ordinal(text, number));
    }

    /** Which of the equal calls is the one in the function of this number. */
    private static int ordinal(String text, int number) {
        var before = text.substring(0, text.indexOf("bad(" + number + ")"));
        return before.split("call\\(same\\)", -1).length - 2;
    }

    private static String at(String language, String text, String quote, int ordinal) {
        int at = -1;
        for (int i = 0; i <= ordinal; i++) {
            at = text.indexOf(quote, at + 1);
        }
        var file = new SourceFile("a", language, text, "", (int) text.lines().count());
        return finding(file, quote, new TextLines(text).lineOf(at), "bad").fingerprint();
    }

    private static Finding finding(SourceFile file, String quote, int line, String rule) {
        var all = new Lines(1, file.lines());
        var proposal =
                new Proposal(file.path(), new Region(line, 1, line, 1), quote, rule, Severity.LOW, 1, "bad", null);
        return new Verifier("e", "m", "t")
                .verify(List.of(proposal), List.of(new Chunk(file, all, all)))
                .findings()
                .get(0);
    }
}
