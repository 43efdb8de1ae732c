package dev.skein.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 65_535, 65_536, 65_537, 131_072, 300_001})
    void what_is_written_comes_out_whole_and_no_piece_is_too_large(int length) {
        var random = new Random(length);
        var bytes = new byte[length];
        random.nextBytes(bytes);

        var pieces = new Pieces();
        for (int at = 0; at < length; ) {
            int part = Math.min(length - at, 1 + random.nextInt(90_000));
            pieces.write(bytes, at, part);
            at += part;
        }

        int total = pieces.length();
        var buffers = pieces.buffers();
        var whole = Buffer.buffer();
        buffers.forEach(whole::appendBuffer);

        assertThat(total).isEqualTo(length);
        assertThat(buffers).isNotEmpty().allMatch(piece -> piece.length() <= Pieces.PIECE_BYTES);
        assertThat(whole.getBytes()).isEqualTo(bytes);
    }

    @Test
    void single_bytes_are_taken_too() {
        var pieces = new Pieces();
        pieces.write('a');
        pieces.write('b');

        assertThat(pieces.buffers()).singleElement().hasToString("ab");
    }
}
