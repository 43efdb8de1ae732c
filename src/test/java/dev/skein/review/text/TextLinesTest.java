package dev.skein.review.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.Region;
import org.junit.jupiter.api.Test;

class TextLinesTest {
    @Test
    void every_kind_of_line_end_ends_a_line() {
        var lines = new TextLines("a\r\nb\rc\nd");

        assertThat(lines.count()).isEqualTo(4);
        assertThat(lines.line(1) + lines.line(2) + lines.line(3) + lines.line(4))
                .isEqualTo("abcd");
    }

    @Test
    void a_region_and_its_offsets_say_the_same() {
        var lines = new TextLines("one\ntwo three\nfour");

        assertThat(lines.region(8, 13)).isEqualTo(new Region(2, 5, 2, 10));
        assertThat(lines.offset(2, 5)).isEqualTo(8);
        assertThat(lines.region(4, 18)).isEqualTo(new Region(2, 1, 3, 5));
    }

    @Test
    void a_place_that_is_not_there_has_no_offset() {
        var lines = new TextLines("one\ntwo");

        assertThat(lines.offset(1, 4)).isEqualTo(3);
        assertThat(lines.offset(1, 5)).isEqualTo(-1);
        assertThat(lines.offset(0, 1)).isEqualTo(-1);
        assertThat(lines.offset(3, 1)).isEqualTo(-1);
    }
}
