package dev.skein.worker.index;

import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.feed.Feeds.Part;
import dev.skein.index.source.ContentHash;
import dev.skein.index.source.SourceText;
import dev.skein.kernel.Problem;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** A large file that arrives in stretches; its buffer grows with what has come, not with what was announced. */
final class Assembly {
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private @Nullable Item item;

    /** The whole content with the last stretch, null before; fails when it is not what was announced. */
    byte @Nullable [] add(Part part) {
        boolean isNext = part.offset() == 0 || part.item().equals(item) && part.offset() == buffer.size();
        long bytes = part.item().bytes();
        if (!isNext || bytes > SourceText.BYTES_MAX || part.offset() + part.content().length > bytes) {
            throw damaged();
        }
        if (part.offset() == 0) {
            clear();
            item = part.item();
        }
        if (part.offset() == 0 && part.isLast()) {
            return checked(part.item(), part.content());
        }
        buffer.writeBytes(part.content());
        return part.isLast() ? checked(part.item(), buffer.toByteArray()) : null;
    }

    private byte[] checked(Item whole, byte[] content) {
        clear();
        if (!ContentHash.of(content).equals(whole.content())) {
            throw damaged();
        }
        return content;
    }

    void clear() {
        buffer.reset();
        item = null;
    }

    private static Problem damaged() {
        return Problem.invalid("a frame does not continue the one before, or is not what it says");
    }
}
