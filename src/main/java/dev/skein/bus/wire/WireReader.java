package dev.skein.bus.wire;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what {@link WireWriter} wrote; counts are checked against the bytes left before anything is built. */
public final class WireReader {
    private static final int PAYLOAD_BITS = 7;
    private static final int PAYLOAD = 0x7F;

    private final Buffer from;
    private final byte @Nullable [] bytes; // a copy of all of it, if there is one
    private final int end;
    private int at;

    public WireReader(Buffer from, int start, int end) {
        this(from, null, start, end);
    }

    private WireReader(Buffer from, byte @Nullable [] bytes, int start, int end) {
        this.from = from;
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    /** One that copies all of it at once, which is faster for many small texts than to copy each. */
    public static WireReader copying(Buffer from, int start, int end) {
        return new WireReader(from, from.getBytes(start, end), 0, end - start);
    }

    public void version(int expected) {
        long version = number();
        if (version != expected) {
            throw new IllegalArgumentException("version " + version + " of a packed record is unknown");
        }
    }

    public long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && at < end; shift += PAYLOAD_BITS) {
            byte next = bytes == null ? from.getByte(at) : bytes[at];
            at++;
            value |= (long) (next & PAYLOAD) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged();
    }

    /** A number of things of at least one byte each. */
    public int count() {
        long count = number();
        if (count < 0 || count > end - at) {
            throw damaged();
        }
        return (int) count;
    }

    public String text() {
        int length = count();
        var text = bytes == null
                ? new String(from.getBytes(at, at + length), StandardCharsets.UTF_8)
                : new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    public @Nullable String optional() {
        return number() == 0 ? null : text();
    }

    public <T> List<T> list(Supplier<T> item) {
        return list(count(), item);
    }

    public static <T> List<T> list(int count, Supplier<T> item) {
        if (count == 0) {
            return List.of();
        }
        var items = new ArrayList<T>(count);
        for (int i = 0; i < count; i++) {
            items.add(item.get());
        }
        return items;
    }

    /** Where the next thing begins; in a copy, counted from the start. */
    public int position() {
        return at;
    }

    public IllegalArgumentException damaged() {
        return new IllegalArgumentException("a packed record is damaged");
    }
}
