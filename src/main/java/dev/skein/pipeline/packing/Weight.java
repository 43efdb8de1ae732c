package dev.skein.pipeline.packing;

import dev.skein.pipeline.event.Event;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many bytes an event counts for in credits, outboxes and pages: an estimate from above of its packed form. */
public final class Weight {
    private static final int EVENT = 16;
    private static final int VALUE = 9;
    private static final int NAME = 3;

    private Weight() {}

    public static int of(Event event) {
        long weight = EVENT + (long) event.type().length();
        int size = event.shape().size();
        for (int slot = 0; slot < size; slot++) {
            weight += of(event.at(slot));
        }
        return (int) Math.min(weight, Integer.MAX_VALUE);
    }

    public static long of(List<Event> events) {
        long weight = 0;
        for (var event : events) {
            weight += of(event);
        }
        return weight;
    }

    private static long of(@Nullable Object value) {
        if (value instanceof String text) {
            return VALUE + (long) text.length();
        }
        if (value instanceof List<?> items) {
            return VALUE + items.stream().mapToLong(Weight::of).sum();
        }
        if (value instanceof Map<?, ?> entries) {
            return VALUE
                    + entries.entrySet().stream()
                            .mapToLong(entry ->
                                    NAME + String.valueOf(entry.getKey()).length() + of(entry.getValue()))
                            .sum();
        }
        return VALUE;
    }
}
