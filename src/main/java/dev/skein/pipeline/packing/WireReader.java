package dev.skein.pipeline.packing;

import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventPacking;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what {@link WireWriter} wrote; counts are checked against the bytes left before anything is built. */
final class WireReader {
    private static final int PAYLOAD_BITS = 7;
    private static final int PAYLOAD = 0x7F;

    private final Buffer from;
    private final byte @Nullable [] bytes; // a copy of all of it, if there is one
    private final int end;
    private int at;

    WireReader(Buffer from, int start, int end) {
        this(from, null, start, end);
    }

    private WireReader(Buffer from, byte @Nullable [] bytes, int start, int end) {
        this.from = from;
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    /** One that copies all of it at once, which is faster for many small texts than to copy each. */
    static WireReader copying(Buffer from, int start, int end) {
        return new WireReader(from, from.getBytes(start, end), 0, end - start);
    }

    void version(int expected) {
        long version = number();
        if (version != expected) {
            throw new IllegalArgumentException("version " + version + " of a packed record is unknown");
        }
    }

    long number() {
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
    int count() {
        long count = number();
        if (count < 0 || count > end - at) {
            throw damaged();
        }
        return (int) count;
    }

    String text() {
        int length = count();
        var text = bytes == null
                ? new String(from.getBytes(at, at + length), StandardCharsets.UTF_8)
                : new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    @Nullable
    String optional() {
        return number() == 0 ? null : text();
    }

    <T> List<T> list(Supplier<T> item) {
        return list(count(), item);
    }

    static <T> List<T> list(int count, Supplier<T> item) {
        if (count == 0) {
            return List.of();
        }
        var items = new ArrayList<T>(count);
        for (int i = 0; i < count; i++) {
            items.add(item.get());
        }
        return items;
    }

    /** Events take all that is left; not of a copy. */
    List<Event> events() {
        return EventPacking.unpack(from, at, end);
    }

    IllegalArgumentException damaged() {
        return new IllegalArgumentException("a packed record is damaged");
    }
}
