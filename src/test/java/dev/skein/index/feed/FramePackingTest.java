package dev.skein.index.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.index.feed.Feeds.Frame;
import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.feed.Feeds.Part;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.source.ContentHash;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramePackingTest {
    private static final FramePacking PACKING = new FramePacking();
    private static final Part FIRST =
            new Part(new Item("src/A.java", 7, 123, new ContentHash(-1, 5)), 4, new byte[] {1, 2, 3});
    private static final Part EMPTY = new Part(new Item("src/Ü.java", 0, 0, new ContentHash(0, -9)), 0, new byte[0]);
    private static final Frame FRAME = new Frame(new Ref("w", "src", 3), "router@1", 8, List.of(FIRST, EMPTY));

    private static Buffer packed() {
        var buffer = Buffer.buffer("before");
        PACKING.pack(FRAME, buffer);
        return buffer;
    }

    @Test
    void a_frame_comes_back_as_it_was() {
        var buffer = packed();

        var back = PACKING.unpack(buffer, "before".length(), buffer.length());

        assertThat(back.shard()).isEqualTo(FRAME.shard());
        assertThat(back.router()).isEqualTo("router@1");
        assertThat(back.revision()).isEqualTo(8);
        assertThat(back.parts()).extracting(Part::item).containsExactly(FIRST.item(), EMPTY.item());
        assertThat(back.parts()).extracting(Part::offset).containsExactly(4L, 0L);
        assertThat(back.parts().get(0).content()).containsExactly(1, 2, 3);
        assertThat(back.parts()).allMatch(Part::isLast);
    }

    @Test
    void a_frame_that_is_cut_off_or_goes_on_is_refused() {
        var whole = packed();
        for (int end = 6; end < whole.length(); end++) {
            int cut = end;
            assertThatThrownBy(() -> PACKING.unpack(whole, 6, cut)).isInstanceOf(IllegalArgumentException.class);
        }
        var longer = packed().appendByte((byte) 0);
        assertThatThrownBy(() -> PACKING.unpack(longer, 6, longer.length()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
