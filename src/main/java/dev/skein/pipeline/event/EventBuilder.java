package dev.skein.pipeline.event;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the fields of one event in order; a name given twice keeps its place and takes the later value. */
public final class EventBuilder {
    private final String type;
    private Shape shape = Shape.EMPTY;
    private @Nullable Object[] values = new Object[8];
    private long timeNanos;

    EventBuilder(String type) {
        this.type = type;
    }

    /** Event time in nanoseconds since 1970-01-01T00:00Z, 0 if never called. */
    public EventBuilder timeNanos(long nanos) {
        this.timeNanos = nanos;
        return this;
    }

    public EventBuilder with(String name, @Nullable Object value) {
        var grown = shape.with(name);
        if (grown == shape) {
            values[shape.slot(name)] = value;
            return this;
        }
        if (shape.size() == values.length) {
            values = Arrays.copyOf(values, values.length * 2);
        }
        values[shape.size()] = value;
        shape = grown;
        return this;
    }

    public Event build() {
        return new Event(type, shape, timeNanos, Arrays.copyOf(values, shape.size()));
    }
}
