package dev.skein.pipeline.event;

import dev.skein.pipeline.event.EventPacking.Tag;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one batch into a growing array. Used by one thread, once. */
final class PackWriter {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int VARINT_MAX = 10;
    private static final int SHORT_TEXT = 16; // up to here a loop beats an array of its own

    private final Map<Schema, Integer> schemas = new HashMap<>();
    private byte[] bytes;
    private int size;
    private @Nullable Event last;
    private int lastSchema;

    PackWriter(int capacity) {
        this.bytes = new byte[capacity];
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void batch(List<Event> events) {
        reserve(1 + VARINT_MAX);
        bytes[size++] = EventPacking.VERSION;
        unsigned(events.size());
        long before = 0;
        for (var event : events) {
            schema(event);
            reserve(VARINT_MAX);
            signed(event.timeNanos() - before);
            before = event.timeNanos();
            values(event);
        }
    }

    private void values(Event event) {
        int count = event.shape().size();
        for (int i = 0; i < count; i++) {
            value(event.at(i));
        }
    }

    private void schema(Event event) {
        var previous = last;
        boolean same = previous != null && previous.shape() == event.shape() && sameType(previous, event);
        last = event;
        if (same) {
            reserve(VARINT_MAX);
            unsigned(lastSchema);
            return;
        }
        var known = schemas.putIfAbsent(new Schema(event.type(), event.shape()), schemas.size());
        lastSchema = known == null ? schemas.size() - 1 : known;
        reserve(VARINT_MAX);
        unsigned(lastSchema);
        if (known == null) {
            define(event.type(), event.shape());
        }
    }

    @SuppressWarnings("ReferenceEquality") // a miss only costs the look-up
    private static boolean sameType(Event one, Event other) {
        return one.type() == other.type();
    }

    private void define(String type, Shape shape) {
        string(type);
        reserve(VARINT_MAX);
        unsigned(shape.size());
        for (int i = 0; i < shape.size(); i++) {
            string(shape.name(i));
        }
    }

    private void value(@Nullable Object value) {
        reserve(1 + VARINT_MAX);
        if (value instanceof Long number) {
            integer(number);
        } else if (value instanceof Double number) {
            bytes[size] = Tag.FLOAT;
            LONGS.set(bytes, size + 1, Double.doubleToRawLongBits(number));
            size += 1 + Double.BYTES;
        } else if (value instanceof String text) {
            string(text);
        } else if (value instanceof Boolean truth) {
            bytes[size++] = (byte) (truth ? Tag.TRUE : Tag.FALSE);
        } else if (value == null) {
            bytes[size++] = Tag.NULL;
        } else {
            nested(value);
        }
    }

    private void integer(long number) {
        if (number >= Tag.SMALL_MIN && number <= Tag.SMALL_MAX) {
            bytes[size++] = (byte) (number - Tag.SMALL_MIN + Tag.SMALL);
        } else {
            bytes[size++] = Tag.INT;
            signed(number);
        }
    }

    private void nested(Object value) {
        if (value instanceof List<?> items) {
            bytes[size++] = Tag.ARRAY;
            unsigned(items.size());
            items.forEach(this::value);
        } else if (value instanceof Map<?, ?> entries) {
            bytes[size++] = Tag.MAP;
            unsigned(entries.size());
            entries.forEach((key, item) -> {
                string(String.valueOf(key));
                value(item);
            });
        } else {
            throw new IllegalArgumentException("no value of an event: " + value.getClass());
        }
    }

    private void string(String text) {
        if (text.length() > SHORT_TEXT) {
            encoded(text);
            return;
        }
        int length = text.length();
        reserve(1 + VARINT_MAX + length);
        int start = size;
        bytes[size++] = Tag.ASCII;
        unsigned(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                size = start;
                encoded(text);
                return;
            }
            bytes[size + i] = (byte) c;
        }
        size += length;
    }

    /** The JDK encodes sixteen and more characters at a stroke, for the price of an array. */
    private void encoded(String text) {
        var encoded = text.getBytes(StandardCharsets.UTF_8);
        reserve(1 + VARINT_MAX + encoded.length);
        bytes[size++] = (byte) (encoded.length == text.length() ? Tag.ASCII : Tag.UTF8);
        unsigned(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    private void signed(long value) {
        unsigned((value << 1) ^ (value >> 63));
    }

    private void unsigned(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    private record Schema(String type, Shape shape) {}
}
