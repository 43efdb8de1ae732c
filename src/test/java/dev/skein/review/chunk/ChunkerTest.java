package dev.skein.review.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.Chunk;
import dev.skein.review.Gap;
import dev.skein.review.Lines;
import dev.skein.review.SourceFile;
import dev.skein.review.chunk.Chunker.Chunked;
import dev.skein.review.scope.Scope;
import dev.skein.review.scope.ScopedFile;
import dev.skein.review.scope.SourceReader;
import dev.skein.review.scope.Wanted;
import dev.skein.review.text.TextLines;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkerTest {
    private static SourceFile file(String language, String text) {
        return new SourceFile("a", language, text, "", new TextLines(text).count());
    }

    private static Chunked cut(Limits limits, SourceFile file) {
        return new Chunker(limits).cut(file);
    }

    private static List<Lines> owned(Chunked chunked) {
        return chunked.chunks().stream().map(Chunk::owned).toList();
    }

    /** Stated anew, independent of what the product checks itself. */
    private static void assertWhole(Chunked chunked, Limits limits) {
        var lines = new TextLines(chunked.file().text());
        int next = 1;
        var gaps = chunked.gaps().stream().map(gap -> gap.lines().first()).collect(Collectors.toSet());
        for (var chunk : chunked.chunks()) {
            while (gaps.remove(next)) {
                next++;
            }
            assertThat(chunk.owned().first()).isEqualTo(next);
            assertThat(chunk.shown().first()).isBetween(1, next);
            assertThat(chunk.shown().last()).isBetween(chunk.owned().last(), lines.count());
            long shown = lines.text(chunk.shown().first(), chunk.shown().last()).length();
            assertThat(shown).isLessThanOrEqualTo((long) limits.tokens() * Limits.TOKEN);
            next = chunk.owned().last() + 1;
        }
        while (gaps.remove(next)) {
            next++;
        }
        assertThat(next).isEqualTo(lines.count() + 1);
        assertThat(gaps).isEmpty();
    }

    @Test
    void a_file_up_to_the_threshold_is_one_chunk() {
        var chunked = cut(Limits.DEFAULTS, file("text", "x\n".repeat(400)));

        assertThat(owned(chunked)).containsExactly(new Lines(1, 400));
        assertThat(owned(cut(Limits.DEFAULTS, file("text", "x\n".repeat(401)))))
                .containsExactly(new Lines(1, 250), new Lines(251, 401));
        assertThat(cut(Limits.DEFAULTS, file("text", "")).chunks()).isEmpty();
    }

    @Test
    void blocks_are_kept_together() {
        var text = IntStream.range(0, 30)
                .mapToObj(i -> "def f%d():\n    one\n\n    two\n    three\n\n".formatted(i))
                .collect(Collectors.joining());
        var limits = new Limits(40, 40, 3, 16_000);

        var chunked = cut(limits, file("python", text));

        assertWhole(chunked, limits);
        assertThat(chunked.chunks()).allSatisfy(chunk -> assertThat(line(chunk)).startsWith("def"));
        assertThat(chunked.chunks().get(1).shown()).isEqualTo(new Lines(34, 75));
    }

    private static String line(Chunk chunk) {
        int first = chunk.owned().first();
        return new TextLines(chunk.file().text()).text(first, first).strip();
    }

    @Test
    void members_of_java_are_kept_together_whatever_is_in_their_strings() {
        var method = """
                /**
                 * Says { something.

                 * And more.
                 */
                @Deprecated
                String m%d() {
                    var text = \"""
                        } class X {

                        \""";

                    // }
                    return "}" + '}' + text;
                }

            """;
        var text = "class A {\n"
                + IntStream.range(0, 40).mapToObj(method::formatted).collect(Collectors.joining())
                + "}\n";
        var limits = new Limits(50, 50, 0, 16_000);

        var chunked = cut(limits, file("java", text));

        assertWhole(chunked, limits);
        assertThat(chunked.chunks()).hasSizeGreaterThan(10);
        assertThat(chunked.chunks().subList(1, chunked.chunks().size() - 1))
                .allSatisfy(chunk -> assertThat(line(chunk)).isEqualTo("/**"));
    }

    @Test
    void a_method_longer_than_a_chunk_is_cut_at_its_blank_lines() {
        var body = "        if (x) {\n            y();\n        }\n\n".repeat(100);
        var limits = new Limits(50, 50, 0, 16_000);

        var chunked = cut(limits, file("java", "class A {\n    void m() {\n" + body + "    }\n}\n"));

        assertWhole(chunked, limits);
        assertThat(chunked.chunks().subList(1, 7))
                .allSatisfy(chunk -> assertThat(line(chunk)).isEqualTo("if (x) {"));
    }

    @Test
    void a_line_longer_than_the_budget_is_named_and_those_around_it_are_reviewed() {
        var limits = new Limits(400, 250, 5, 100);
        var text = "a\n".repeat(3) + "x".repeat(1_000) + "\n" + "b\n".repeat(3);

        var chunked = cut(limits, file("text", text));

        assertWhole(chunked, limits);
        assertThat(owned(chunked)).containsExactly(new Lines(1, 3), new Lines(5, 7));
        assertThat(chunked.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.reason()).isEqualTo(Gap.Reason.TOO_LONG);
            assertThat(gap.lines()).isEqualTo(new Lines(4, 4));
            assertThat(gap.detail()).contains("1,001 characters");
        });
    }

    @Test
    void random_texts_are_covered_whole() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var language = List.of("java", "python", "text").get(random.nextInt(3));
            var limits = new Limits(
                    1 + random.nextInt(60), 1 + random.nextInt(40), random.nextInt(12), 5 + random.nextInt(300));

            assertWhole(cut(limits, file(language, text(random))), limits);
        }
    }

    private static String text(Random random) {
        var words =
                List.of("class A {", "}", "void m() {", "\"", "\"\"\"", "/*", "*/", "//", "{", "", "x", "'", "\\u007b");
        var ends = List.of("\n", "\n", "\n", "\r\n", "\r", " ");
        var text = new StringBuilder();
        int count = random.nextInt(300);
        for (int i = 0; i < count; i++) {
            text.append(" ".repeat(random.nextInt(9)))
                    .append(words.get(random.nextInt(words.size())).repeat(random.nextInt(20) == 0 ? 90 : 1))
                    .append(ends.get(random.nextInt(ends.size())));
        }
        return text.toString();
    }

    @Test
    void the_sources_of_this_project_are_covered_whole() {
        var root = Path.of("").toAbsolutePath();
        var wanted = Wanted.DEFAULTS.including(List.of("/src/main/", "/docs/", "*.md", "*.xml"));
        var limits = new Limits(100, 60, 8, 2_000);
        var chunker = new Chunker(limits);
        int chunks = 0;
        for (var file : Scope.of(root, wanted).files().toList()) {
            var chunked = chunker.cut(SourceReader.open(root, file).orElseThrow());
            assertWhole(chunked, limits);
            assertThat(coverage(file, chunked).lines()).isEqualTo(file.lines());
            chunks += chunked.chunks().size();
        }
        assertThat(chunks).isGreaterThan(1_000);
    }

    private static Coverage coverage(ScopedFile file, Chunked chunked) {
        return Coverage.of(file.lines(), owned(chunked), chunked.gaps());
    }
}
