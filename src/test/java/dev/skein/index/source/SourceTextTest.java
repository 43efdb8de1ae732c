package dev.skein.index.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.index.source.SourceText.Fault;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceTextTest {
    private static final String TEXT = "class Ä { String s = \"“€”\"; }";

    @Test
    void every_encoding_gives_the_same_text() {
        for (var name : List.of("UTF-8", "UTF-16BE", "UTF-16LE", "windows-1252")) {
            var bytes = TEXT.getBytes(Charset.forName(name));

            assertThat(SourceText.of(bytes).text()).as(name).isEqualTo(TEXT);
        }
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_text() {
        for (var name : List.of("UTF-8", "UTF-16BE", "UTF-16LE")) {
            var bytes = ("\uFEFF" + TEXT).getBytes(Charset.forName(name));

            assertThat(SourceText.of(bytes).text()).as(name).isEqualTo(TEXT);
        }
    }

    @Test
    void a_replacement_character_that_is_written_is_kept() {
        var bytes = "// \uFFFD ä".getBytes(StandardCharsets.UTF_8);

        assertThat(SourceText.of(bytes).text()).isEqualTo("// \uFFFD ä");
    }

    @Test
    void zeros_among_text_are_a_binary() {
        assertThat(SourceText.of(new byte[] {1, 0, 0, 7, 0, 9}).fault()).isEqualTo(Fault.BINARY);
    }

    @Test
    void a_file_over_the_limit_is_named_and_not_read() {
        assertThat(SourceText.of(new byte[SourceText.BYTES_MAX + 1]).fault()).isEqualTo(Fault.TOO_LARGE);
    }

    @Test
    void an_empty_file_is_an_empty_text() {
        assertThat(SourceText.of(new byte[0])).isEqualTo(new SourceText("", StandardCharsets.UTF_8, Fault.NONE));
    }

    @Test
    void equal_contents_have_equal_hashes() {
        var hash = ContentHash.of(new byte[] {1});

        assertThat(hash).isEqualTo(ContentHash.of(new byte[] {1})).isNotEqualTo(ContentHash.of(new byte[] {2}));
        assertThat(hash.toString()).isEqualTo("4bf5122f344554c53bde2ebb8cd2b7e3");
    }
}
