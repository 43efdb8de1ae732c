package dev.skein.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.junit.jupiter.api.Test;

class TextTest {
    /** @param from line and column with a colon between, as is the end */
    private static TextDocumentContentChangeEvent change(String from, String to, String text) {
        return new TextDocumentContentChangeEvent(new Range(position(from), position(to)), text);
    }

    private static Position position(String place) {
        int colon = place.indexOf(':');
        return new Position(Integer.parseInt(place.substring(0, colon)), Integer.parseInt(place.substring(colon + 1)));
    }

    @Test
    void each_change_is_made_to_what_the_one_before_it_left() {
        var text = new Text("one\ntwo\nthree")
                .with(List.of(change("1:0", "1:3", "zwei"), change("1:4", "2:0", " und "), change("0:0", "0:0", ">")));

        assertThat(text.all()).isEqualTo(">one\nzwei und three");
    }

    @Test
    void a_change_without_a_range_replaces_everything() {
        assertThat(new Text("old")
                        .with(List.of(new TextDocumentContentChangeEvent("new")))
                        .all())
                .isEqualTo("new");
    }

    @Test
    void lines_end_in_all_three_ways() {
        var text = new Text("a\r\nb\rc\nd").with(List.of(change("1:0", "1:1", "B"), change("3:0", "3:1", "D")));

        assertThat(text.all()).isEqualTo("a\r\nB\rc\nD");
    }

    @Test
    void columns_count_utf_16_units() {
        assertThat(new Text("\uD83D\uDE00x")
                        .with(List.of(change("0:2", "0:3", "y")))
                        .all())
                .isEqualTo("\uD83D\uDE00y");
    }

    @Test
    void a_place_past_an_end_means_that_end() {
        var text = new Text("ab\ncd").with(List.of(change("0:9", "0:99", "!"), change("7:3", "9:0", "?")));

        assertThat(text.all()).isEqualTo("ab!\ncd?");
    }

    @Test
    void places_beyond_every_number_mean_an_end_too() {
        int end = Integer.MAX_VALUE;
        var text = new Text("ab\ncd").with(List.of(change("1:1", "1:" + end, "!"), change("-1:-5", "0:-5", ">")));

        assertThat(text.all()).isEqualTo(">ab\nc!");
    }
}
