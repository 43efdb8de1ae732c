package dev.skein.index.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.index.feed.Feeds.Edit;
import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.feed.Feeds.Part;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.source.ContentHash;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class EditPackingTest {
    private static final EditPacking PACKING = new EditPacking();
    private static final Ref SHARD = new Ref("w", "src", 3);
    private static final Part PART =
            new Part(new Item("src/Ü.java", 3, 0, new ContentHash(-1, 5)), 0, new byte[] {1, 2, 3});

    private static Buffer packed(Edit edit) {
        var buffer = Buffer.buffer("before");
        PACKING.pack(edit, buffer);
        return buffer;
    }

    @Test
    void an_edit_comes_back_as_it_was() {
        var buffer = packed(new Edit(SHARD, "router@1", 1L << 52, "src/Ü.java", PART));

        var back = PACKING.unpack(buffer, 6, buffer.length());

        assertThat(back.shard()).isEqualTo(SHARD);
        assertThat(back.revision()).isEqualTo(1L << 52);
        assertThat(back.path()).isEqualTo("src/Ü.java");
        assertThat(back.part().item()).isEqualTo(PART.item());
        assertThat(back.part().content()).containsExactly(1, 2, 3);
    }

    @Test
    void that_a_file_is_gone_comes_back_too() {
        var gone = new Edit(SHARD, "router@1", 9, "src/A.java", null);
        var buffer = packed(gone);

        assertThat(PACKING.unpack(buffer, 6, buffer.length())).isEqualTo(gone);
    }

    @Test
    void an_edit_that_is_cut_off_or_goes_on_is_refused() {
        var whole = packed(new Edit(SHARD, "router@1", 9, "src/Ü.java", PART));
        for (int end = 6; end < whole.length(); end++) {
            int cut = end;
            assertThatThrownBy(() -> PACKING.unpack(whole, 6, cut)).isInstanceOf(IllegalArgumentException.class);
        }
        var longer = packed(new Edit(SHARD, "router@1", 9, "src/A.java", null)).appendByte((byte) 0);
        assertThatThrownBy(() -> PACKING.unpack(longer, 6, longer.length()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
