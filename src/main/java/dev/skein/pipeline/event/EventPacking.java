package dev.skein.pipeline.event;

import dev.skein.kernel.Problem;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * A batch of events as bytes, for the way between nodes.
 *
 * <p>Types and field names are written once per batch; an event then costs one byte for its type and shape, one or more
 * for its time, and per value one byte for a small int, null or bool, two to ten for another int, nine for a float, two
 * or more for a string.
 */
public final class EventPacking {
    /*
     * batch  = version:u8 count:uv event*
     * event  = schema:uv [definition if schema = number of schemas so far] time:sv value*
     * definition = type:string fields:uv name:string*
     * value  = tag:u8 payload        (see Tag)
     * uv = unsigned, sv = zigzag LEB128; time is the difference to the event before, the first to 0
     */
    static final int VERSION = 1;

    private EventPacking() {}

    public static byte[] pack(List<Event> events) {
        return write(events).toBytes();
    }

    /** Appends the batch to {@code target}. */
    public static void pack(List<Event> events, Buffer target) {
        var writer = write(events);
        target.appendBytes(writer.bytes(), 0, writer.size());
    }

    private static PackWriter write(List<Event> events) {
        var writer = new PackWriter(events.size() * 24 + 128);
        writer.batch(events);
        return writer;
    }

    /** The events in order; fails with a {@link Problem} of kind INVALID when the bytes are not one whole batch. */
    public static List<Event> unpack(byte[] packed) {
        return unpack(packed, 0, packed.length);
    }

    /** As {@link #unpack(byte[])}, from the part of {@code buffer} in {@code [from, to)}. */
    public static List<Event> unpack(Buffer buffer, int from, int to) {
        return unpack(buffer.getBytes(from, to));
    }

    static List<Event> unpack(byte[] packed, int from, int to) {
        try {
            return new PackReader(packed, from, to).batch();
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new Problem(Problem.Kind.INVALID, "a packed batch of events is damaged");
        }
    }

    /** What a value's first byte says; bytes from {@link #SMALL} on are ints themselves. */
    static final class Tag {
        static final int NULL = 0;
        static final int FALSE = 1;
        static final int TRUE = 2;
        static final int INT = 3;
        static final int FLOAT = 4;
        static final int ASCII = 5;
        static final int UTF8 = 6;
        static final int ARRAY = 7;
        static final int MAP = 8;
        static final int SMALL = 16;
        static final int SMALL_MIN = -16;
        static final int SMALL_MAX = SMALL_MIN + 255 - SMALL;

        private Tag() {}
    }
}
