package dev.skein.index.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LineMapTest {
    private final LineMap lines = new LineMap();

    @Test
    void every_kind_of_break_ends_a_line() {
        read("a\r\nb\rc\nd");

        assertThat(lines.lines()).isEqualTo(4);
        assertThat(lines.line(3)).isEqualTo(1);
        assertThat(lines.column(7)).isZero();
    }

    @Test
    void random_texts_have_the_lines_that_counting_gives() {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            var text = new StringBuilder();
            random.ints(random.nextInt(60), 0, 4).forEach(i -> text.append("ab\r\n".charAt(i)));
            read(text.toString());

            for (int offset = 0; offset <= text.length(); offset++) {
                int at = random.nextInt(text.length() + 1);
                var before = text.substring(0, at);
                boolean split = before.endsWith("\r") && at < text.length() && text.charAt(at) == '\n';
                int breaks = before.replace("\r\n", "\n")
                        .replace('\r', '\n')
                        .replaceAll("[^\n]", "")
                        .length();
                assertThat(lines.line(at)).isEqualTo(breaks - (split ? 1 : 0));
            }
        }
    }

    private void read(String text) {
        lines.read(text.toCharArray(), text.length());
    }
}
