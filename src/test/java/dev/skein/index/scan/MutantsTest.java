package dev.skein.index.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.skein.index.sem.unit.UnitParser;
import dev.skein.index.source.SourceText;
import dev.skein.index.symbol.Span;
import dev.skein.index.symbol.Symbol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Java that was damaged in some thousand ways, each of which its seed brings back. */
class MutantsTest {
    private static final int ROUNDS = 3_000;
    private static final int PARSED = 150;
    private static final int LONG = 1 << 20;
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "(",
            ")",
            "<",
            ">",
            "[",
            "]",
            ";",
            ",",
            "@",
            "\"",
            "'",
            "\"\"\"",
            "/*",
            "*/",
            "//",
            "\n",
            "\r",
            "\t",
            "\\",
            "\\u",
            "\\u00e4",
            "class ",
            "enum E {",
            "record R(",
            "interface ",
            "@interface ",
            " extends ",
            "->",
            "::",
            "var ",
            "\uD835\uDC9C",
            "\uD800",
            "\u0000",
            "\uFEFF",
            "sealed ",
            "non-sealed ",
            "switch (",
            "new Object() {");

    private static List<String> sources;

    @BeforeAll
    static void read() throws IOException {
        try (var files = Files.list(Path.of("src/main/java/dev/skein/index/scan"))) {
            sources = files.sorted().map(MutantsTest::text).toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String mutant(Random random) {
        var text = new StringBuilder(sources.get(random.nextInt(sources.size())));
        for (int i = random.nextInt(8); i >= 0 && text.length() > 1; i--) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + random.nextInt(200));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(at, to);
                case 1 -> text.insert(random.nextInt(text.length()), text.substring(at, to));
                case 2 -> text.setLength(at + 1);
                case 3 -> text.setCharAt(at, (char) random.nextInt(0x10000));
                default -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return text.toString();
    }

    @Test
    void whatever_becomes_of_a_file_its_symbols_lie_in_its_text() {
        var extractor = new JavaExtractor();
        for (int seed = 0; seed < ROUNDS; seed++) {
            var text = mutant(new Random(seed));
            var lines = text.split("\r\n|\r|\n", -1);

            var symbols = extractor.extract(text).table().symbols();

            for (var symbol : symbols) {
                requireInside(symbol, lines, seed);
            }
        }
    }

    private static void requireInside(Symbol symbol, String[] lines, int seed) {
        for (var span : List.of(symbol.name(), symbol.range())) {
            boolean isForward =
                    span.line() < span.endLine() || span.line() == span.endLine() && span.column() <= span.endColumn();
            assertThat(isForward && isIn(lines, span))
                    .as("seed %d: %s", seed, symbol)
                    .isTrue();
        }
    }

    private static boolean isIn(String[] lines, Span span) {
        return span.line() >= 0
                && span.endLine() < lines.length
                && span.column() >= 0
                && span.column() <= lines[span.line()].length()
                && span.endColumn() <= lines[span.endLine()].length();
    }

    /** What costs more than its length would take hours here. */
    @Test
    void a_mebibyte_of_any_damage_is_read_to_the_end() {
        for (int seed = 0; seed < 24; seed++) {
            var mutant = mutant(new Random(seed));
            int from = new Random(seed).nextInt(mutant.length());
            var piece = mutant.substring(from, Math.min(mutant.length(), from + 2 + seed * 3));
            var text = "class A { " + piece.repeat(LONG / piece.length());

            assertTimeoutPreemptively(
                    Duration.ofSeconds(60), () -> new JavaExtractor().extract(text), () -> "piece " + piece);
        }
    }

    @Test
    void bytes_of_any_kind_are_a_text_or_have_a_fault() {
        var random = new Random(5);
        var extractor = new JavaExtractor();
        for (int round = 0; round < ROUNDS; round++) {
            var bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);

            var extracted = extractor.extract(bytes);

            assertThat(extracted.fault()).isEqualTo(SourceText.of(bytes).fault());
        }
    }

    @Test
    void whatever_becomes_of_a_file_it_has_a_tree() {
        var parser = new UnitParser();
        for (int seed = 0; seed < PARSED; seed++) {
            var text = mutant(new Random(seed));

            assertThatCode(() -> parser.parse("a/A.java", text))
                    .as("seed " + seed)
                    .doesNotThrowAnyException();
        }
    }
}
