package dev.skein.index.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.bus.Packing;
import dev.skein.index.feed.Feeds.Edit;
import dev.skein.index.feed.Feeds.Frame;
import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.feed.Feeds.Part;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.source.ContentHash;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes of whatever kind are a message or are refused, and never make more than they are. */
class DamagedWireTest {
    private static final int ROUNDS = 50_000;
    private static final Ref SHARD = new Ref("w", "src", 3);
    private static final Part PART = new Part(new Item("src/A.java", 40, 1, new ContentHash(1, 2)), 0, new byte[40]);

    private final Random random = new Random(11);

    @Test
    void damaged_frames_are_refused_or_hold_no_more_than_came() {
        var sound = Buffer.buffer();
        new FramePacking().pack(new Frame(SHARD, "router@1", 8, List.of(PART, PART)), sound);

        for (int round = 0; round < ROUNDS; round++) {
            var bytes = round % 3 == 0 ? noise() : damaged(sound);
            var frame = unpacked(new FramePacking(), bytes);
            if (frame != null) {
                int held = frame.parts().stream()
                        .mapToInt(part -> part.content().length)
                        .sum();
                assertThat(held).isLessThanOrEqualTo(bytes.length());
            }
        }
    }

    @Test
    void damaged_edits_are_refused_or_hold_no_more_than_came() {
        var sound = Buffer.buffer();
        new EditPacking().pack(new Edit(SHARD, "router@1", 8, "src/A.java", PART), sound);

        for (int round = 0; round < ROUNDS; round++) {
            var bytes = round % 3 == 0 ? noise() : damaged(sound);
            var edit = unpacked(new EditPacking(), bytes);
            if (edit != null && edit.part() != null) {
                assertThat(edit.part().content().length).isLessThanOrEqualTo(bytes.length());
            }
        }
    }

    /** Null when it was refused in the one way that is allowed. */
    private static <T extends Record> T unpacked(Packing<T> packing, Buffer bytes) {
        try {
            return packing.unpack(bytes, 0, bytes.length());
        } catch (IllegalArgumentException refused) {
            return null;
        }
    }

    private Buffer noise() {
        var bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        if (bytes.length > 0) {
            bytes[0] = (byte) random.nextInt(3); // a version, so that it is read on
        }
        return Buffer.buffer(bytes);
    }

    private Buffer damaged(Buffer sound) {
        var bytes = sound.getBytes(0, random.nextBoolean() ? sound.length() : random.nextInt(sound.length()));
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return Buffer.buffer(bytes);
    }
}
