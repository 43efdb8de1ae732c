package dev.skein.pipeline.event;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened: a type, named values and a time. Immutable.
 *
 * <p>A value is a {@link Long}, {@link Double}, {@link Boolean} or {@link String}, an unmodifiable
 * {@link java.util.List} or ordered {@link java.util.Map} of such, or null. A field that is missing reads as null.
 */
public final class Event {
    private static final Object[] NONE = new Object[0];

    private final String type;
    private final Shape shape;
    private final long timeNanos;
    private final @Nullable Object[] values;

    /**
     * Takes over {@code values}, which must not change afterwards.
     *
     * @param timeNanos event time in nanoseconds since 1970-01-01T00:00Z
     * @param values one per name of {@code shape}, in its order
     */
    public Event(String type, Shape shape, long timeNanos, @Nullable Object[] values) {
        this.type = type;
        this.shape = shape;
        this.timeNanos = timeNanos;
        this.values = values;
    }

    /** An event without fields. */
    public static Event empty(String type, long timeNanos) {
        return new Event(type, Shape.EMPTY, timeNanos, NONE);
    }

    public static EventBuilder builder(String type) {
        return new EventBuilder(type);
    }

    public String type() {
        return type;
    }

    public Shape shape() {
        return shape;
    }

    /** Event time in nanoseconds since 1970-01-01T00:00Z. */
    public long timeNanos() {
        return timeNanos;
    }

    /** The value in this slot of {@link #shape()}. */
    public @Nullable Object at(int slot) {
        return values[slot];
    }

    /** The value of the field, null when there is none. */
    public @Nullable Object get(String name) {
        int slot = shape.slot(name);
        return slot < 0 ? null : values[slot];
    }

    /** The same fields and time under another type. */
    public Event as(String otherType) {
        return otherType.equals(type) ? this : new Event(otherType, shape, timeNanos, values);
    }

    /** A copy of all values, in the order of {@link #shape()}. */
    public @Nullable Object[] values() {
        return values.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Event that
                && type.equals(that.type)
                && shape == that.shape
                && timeNanos == that.timeNanos
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, timeNanos, Arrays.hashCode(values));
    }

    /** As in the language's manual: {@code A{sym:"Q",twice:21.0}}. */
    @Override
    public String toString() {
        var text = new StringBuilder(type).append('{');
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ",").append(shape.name(i)).append(':');
            text.append(values[i] instanceof String string ? '"' + string + '"' : String.valueOf(values[i]));
        }
        return text.append('}').toString();
    }
}
