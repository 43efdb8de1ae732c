package dev.skein.review.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineHashesTest {
    @Test
    void an_empty_text_has_the_hash_of_its_end() {
        assertThat(new LineHashes("").of(1)).isEqualTo("c129715d7a2bc9a3:1");
    }

    @Test
    void the_published_text_has_the_published_hashes() {
        assertThat(all(" a\nb\n  \t\tc\n d"))
                .containsExactly("271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1");
    }

    @Test
    void line_ends_of_every_kind_and_blanks_make_no_difference() {
        var plain = all("int a;\nint b;\n\nint c;\n");

        assertThat(all("int a;\r\nint b;\r\n\r\nint c;\r\n")).isEqualTo(plain);
        assertThat(all("int a;\rint b;\r\rint c;\r")).isEqualTo(plain);
        assertThat(all("\tint a;\n  int  b;\n\n  int c;\n")).isEqualTo(plain);
    }

    @Test
    void equal_lines_are_numbered_in_the_order_of_the_file() {
        var far = "x".repeat(200) + "\n";

        assertThat(all("same\n" + far + "same\n" + far + "end").get(2))
                .isEqualTo(all("same\n" + far + "same\n" + far + "end").get(0).replace(":1", ":2"));
    }

    @Test
    void a_line_past_the_last_has_none() {
        assertThat(new LineHashes("a\nb").of(3)).isEmpty();
        assertThat(new LineHashes("a\nb").of(0)).isEmpty();
    }

    @Test
    void a_text_that_ends_with_a_line_end_has_a_hash_for_its_last_empty_line() {
        assertThat(all("a\n")).hasSize(2);
    }

    private static List<String> all(String text) {
        var hashes = new LineHashes(text);
        List<String> all = new ArrayList<>();
        for (int line = 1; line <= hashes.lines(); line++) {
            all.add(hashes.of(line));
        }
        return all;
    }
}
