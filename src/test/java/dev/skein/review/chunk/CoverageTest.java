package dev.skein.review.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.review.Chunk;
import dev.skein.review.Gap;
import dev.skein.review.Lines;
import dev.skein.review.SourceFile;
import dev.skein.review.chunk.Chunker.Chunked;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final SourceFile FILE = new SourceFile("a", "text", "", "", 10);

    private static Chunked chunked(Lines... owned) {
        return new Chunked(
                FILE, Stream.of(owned).map(each -> new Chunk(FILE, each, each)).toList(), List.of());
    }

    private static Gap gap(int first, int last) {
        return new Gap("a", new Lines(first, last), Gap.Reason.ENGINE, "");
    }

    @Test
    void a_line_that_is_missing_twice_there_or_beyond_the_end_is_found() {
        assertThatThrownBy(() -> Coverage.prove("a", 10, chunked(new Lines(1, 4), new Lines(6, 10))))
                .hasMessage("a: line 5 is in no chunk");
        assertThatThrownBy(() -> Coverage.prove("a", 10, chunked(new Lines(1, 5), new Lines(5, 10))))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> Coverage.prove("a", 10, chunked(new Lines(1, 11))))
                .hasMessageContaining("not there");
        assertThatThrownBy(() -> Coverage.prove("a", 10, chunked(new Lines(1, 9))))
                .hasMessage("a: line 10 is in no chunk");
    }

    @Test
    void gaps_lower_what_was_reviewed_each_line_once() {
        var coverage = Coverage.of(10, List.of(new Lines(1, 10)), List.of(gap(2, 4), gap(4, 5), gap(9, 99)));

        assertThat(coverage.reviewed()).isEqualTo(4);
        assertThat(coverage.isWhole()).isFalse();
        assertThat(coverage.percent()).isEqualTo("40.0");
    }

    @Test
    void a_line_that_nobody_owns_was_not_reviewed() {
        assertThat(Coverage.of(10, List.of(new Lines(1, 9)), List.of()).isWhole())
                .isFalse();
    }

    @Test
    void files_units_and_runs_add_up() {
        var whole = Coverage.of(10, List.of(new Lines(1, 10)), List.of());
        var sum = whole.plus(Coverage.of(10, List.of(), List.of(gap(1, 10))));

        assertThat(sum).isEqualTo(new Coverage(2, 20, 10));
        assertThat(sum.percent()).isEqualTo("50.0");
        assertThat(Coverage.NONE.isWhole()).isTrue();
    }

    @Test
    void one_missing_line_is_never_a_hundred_percent() {
        assertThat(new Coverage(1, 1_000_000, 999_999).percent()).isEqualTo("99.9");
    }
}
