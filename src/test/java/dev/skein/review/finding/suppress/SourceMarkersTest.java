package dev.skein.review.finding.suppress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.Finding.Suppression;
import dev.skein.review.SourceFile;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourceMarkersTest {
    private static final String JAVA = """
            class A {
                // @SuppressWarnings("PMD") only said
                int a; // NOPMD - it is public
                @SuppressWarnings({"PMD.EmptyCatch", "unchecked"})
                void f(Map<String, int[]> a) throws E {
                    String s = "} ; \\" {";
                    char c = '}'; /* } */
                }
                int b;
                @SuppressWarnings("unused") private int c = 1;
                int d;
                void g(@SuppressWarnings("PMD") int a,
                        int b) {
                }
                String t = \"\"\"
                        @SuppressWarnings("PMD") }
                        \"\"\";
                @SuppressWarnings("PMD") record R(int a) {
                    int x;
                }
            }
            """;

    @Test
    void a_marker_in_a_comment_suppresses_its_line_with_its_reason() {
        var markers = java();

        assertThat(markers.at("Any", 3)).isEqualTo(new Suppression("source", "it is public"));
        assertThat(markers.at("Any", 2)).isNull();
    }

    @Test
    void a_named_rule_is_suppressed_to_the_end_of_its_method() {
        assertThat(suppressed("EmptyCatch")).contains(4, 5, 6, 7, 8).doesNotContain(9);
        assertThat(suppressed("Other")).doesNotContain(4, 5, 6, 7, 8);
    }

    @Test
    void unused_suppresses_all_rules_about_what_is_not_used() {
        assertThat(suppressed("UnusedPrivateField")).contains(10).doesNotContain(9, 11);
        assertThat(suppressed("unused-variable")).contains(10);
        assertThat(suppressed("EmptyCatch")).doesNotContain(10);
    }

    @Test
    void the_plain_word_suppresses_every_rule_of_its_declaration() {
        assertThat(suppressed("Any")).containsExactly(3, 12, 13, 18, 19, 20);
    }

    @Test
    void other_languages_have_their_comments() {
        assertThat(markers("python", "x = 1  # NOPMD").at("r", 1)).isEqualTo(new Suppression("source", ""));
        assertThat(markers("html", "<b> <!-- NOPMD: old -->").at("r", 1)).isEqualTo(new Suppression("source", "old"));
        assertThat(markers("sql", "select 1 -- NOPMD").at("r", 1)).isNotNull();
        assertThat(markers("text", "a NOPMD b").at("r", 1)).isNull();
    }

    @Test
    void what_is_never_closed_is_read_to_the_end() {
        assertThat(markers("java", "@SuppressWarnings(\"PMD\") class A { int a;")
                        .at("r", 1))
                .isNotNull();
        assertThat(markers("java", "@SuppressWarnings(\"PMD\" class A").at("r", 1))
                .isNull();
        assertThat(markers("java", "int a; /* @SuppressWarnings(\"PMD\")").at("r", 1))
                .isNull();
    }

    private static List<Integer> suppressed(String rule) {
        var markers = java();
        return IntStream.rangeClosed(1, 21)
                .filter(line -> markers.at(rule, line) != null)
                .boxed()
                .toList();
    }

    private static SourceMarkers java() {
        return markers("java", JAVA);
    }

    private static SourceMarkers markers(String language, String text) {
        return SourceMarkers.of(
                new SourceFile("a", language, text, "", (int) text.lines().count()));
    }
}
