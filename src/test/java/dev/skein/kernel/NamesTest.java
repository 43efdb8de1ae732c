package dev.skein.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void the_nearest_word_is_offered_only_when_it_is_near() {
        assertThat(Nearest.to("wroker", List.of("worker", "group"), 2)).contains("worker");
        assertThat(Nearest.to("zebra", List.of("worker", "group"), 2)).isEmpty();
    }

    @Test
    void sizes_read_back_as_they_are_written() {
        assertThat(ByteSize.parse("8MiB")).isEqualTo(8L << 20);
        assertThat(ByteSize.parse("2g")).isEqualTo(2L << 30);
        assertThat(ByteSize.format(8L << 20)).isEqualTo("8MiB");
        assertThat(ByteSize.format(1_000)).isEqualTo("1000B");
        assertThatThrownBy(() -> ByteSize.parse("many")).hasMessageContaining("64KiB");
        assertThatThrownBy(() -> ByteSize.parse("99999999T"))
                .hasMessageStartingWith("overflow: ")
                .hasMessageContaining("99999999T");
    }

    @Test
    void a_page_ends_where_the_list_ends() {
        assertThat(new Page(2, 1).of(List.of(1, 2, 3, 4))).containsExactly(2, 3);
        assertThat(new Page(2, 9).of(List.of(1, 2))).isEmpty();
        assertThatThrownBy(() -> new Page(0, 0)).hasMessage("limit must be between 1 and 1000, got 0");
    }

    @Test
    void a_pipeline_name_leaves_the_underscore_to_the_outside_world() {
        assertThat(Ids.PIPELINE.matcher("row-0").matches()).isTrue();
        assertThat(Ids.PIPELINE.matcher("_external").matches()).isFalse();
    }
}
