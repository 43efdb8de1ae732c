package dev.skein.pipeline.event;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.event.EventPacking.Tag;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one batch. Counts are checked against the bytes left before anything of that size is built. */
final class PackReader {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int DEPTH_MAX = 1_000; // what JSON may nest to when it is read

    private final byte[] bytes;
    private final int end;
    private int at;
    private final List<String> types = new ArrayList<>();
    private final List<Shape> shapes = new ArrayList<>();

    PackReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    List<Event> batch() {
        int version = bytes[at++];
        if (version != EventPacking.VERSION) {
            throw new Problem(Problem.Kind.INVALID, "unknown version of a packed batch: " + version);
        }
        int count = count(2);
        var events = new ArrayList<Event>(count);
        long time = 0;
        for (int i = 0; i < count; i++) {
            int schema = schema();
            time += signed();
            var shape = shapes.get(schema);
            events.add(new Event(types.get(schema), shape, time, values(shape.size())));
        }
        if (at != end) {
            throw new IndexOutOfBoundsException();
        }
        return events;
    }

    private int schema() {
        int schema = (int) unsigned();
        if (schema == types.size()) {
            types.add(string());
            int fields = count(2);
            var shape = Shape.EMPTY;
            for (int i = 0; i < fields; i++) {
                shape = shape.with(string());
            }
            if (shape.size() != fields) {
                throw new IndexOutOfBoundsException();
            }
            shapes.add(shape);
        }
        return schema;
    }

    private @Nullable Object[] values(int count) {
        var values = new Object[count];
        for (int i = 0; i < count; i++) {
            values[i] = value(0);
        }
        return values;
    }

    private @Nullable Object value(int depth) {
        int tag = bytes[at++] & 0xFF;
        if (tag >= Tag.SMALL) {
            return (long) (tag - Tag.SMALL + Tag.SMALL_MIN);
        }
        return switch (tag) {
            case Tag.NULL -> null;
            case Tag.FALSE -> Boolean.FALSE;
            case Tag.TRUE -> Boolean.TRUE;
            case Tag.INT -> signed();
            case Tag.FLOAT -> floating();
            case Tag.ASCII, Tag.UTF8 -> text(tag);
            case Tag.ARRAY -> array(depth + 1);
            case Tag.MAP -> map(depth + 1);
            default -> throw new IndexOutOfBoundsException();
        };
    }

    private double floating() {
        long bits = (long) LONGS.get(bytes, at);
        at += Double.BYTES;
        return Double.longBitsToDouble(bits);
    }

    private String string() {
        return text(bytes[at++]);
    }

    private String text(int tag) {
        int length = count(1);
        var charset = tag == Tag.ASCII ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        var text = new String(bytes, at, length, charset);
        at += length;
        return text;
    }

    private List<@Nullable Object> array(int depth) {
        int count = nestedCount(1, depth);
        var items = new ArrayList<@Nullable Object>(count);
        for (int i = 0; i < count; i++) {
            items.add(value(depth));
        }
        return Collections.unmodifiableList(items);
    }

    private Map<String, @Nullable Object> map(int depth) {
        int count = nestedCount(3, depth);
        var entries = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < count; i++) {
            entries.put(string(), value(depth));
        }
        return Collections.unmodifiableMap(entries);
    }

    private int nestedCount(int bytesEach, int depth) {
        if (depth > DEPTH_MAX) {
            throw new IndexOutOfBoundsException();
        }
        return count(bytesEach);
    }

    /** A count of things that take at least {@code bytesEach} bytes each of what is left. */
    private int count(int bytesEach) {
        long count = unsigned();
        if (count < 0 || count > (end - at) / bytesEach) {
            throw new IndexOutOfBoundsException();
        }
        return (int) count;
    }

    private long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    private long unsigned() {
        byte first = bytes[at++];
        if (first >= 0) {
            return first;
        }
        long value = first & 0x7F;
        for (int shift = 7; shift < 64; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException();
    }
}
