package dev.skein.bus.wire;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Appends numbers as LEB128 and texts as length and UTF-8. */
public final class WireWriter {
    private static final int PAYLOAD_BITS = 7;
    private static final int MORE = 0x80;

    private final Buffer to;

    public WireWriter(Buffer to) {
        this.to = to;
    }

    public WireWriter number(long value) {
        long left = value;
        while ((left & -MORE) != 0) {
            to.appendByte((byte) (left | MORE));
            left >>>= PAYLOAD_BITS;
        }
        to.appendByte((byte) left);
        return this;
    }

    public WireWriter text(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        to.appendBytes(bytes);
        return this;
    }

    public WireWriter optional(@Nullable String text) {
        number(text == null ? 0 : 1);
        return text == null ? this : text(text);
    }
}
