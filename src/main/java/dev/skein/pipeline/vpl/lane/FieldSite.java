package dev.skein.pipeline.vpl.lane;

import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.Shape;
import org.jspecify.annotations.Nullable;

/**
 * One place in a program that reads a field: it remembers the slot for the shape it saw last. Shared by the lanes; a
 * race between them costs a look-up and nothing else.
 */
public final class FieldSite {
    private static final int CHANGES_MAX = 64; // a site that sees many shapes stops learning, which would only allocate

    private final String name;
    private Seen seen; // immutable, so that any thread reads a slot that belongs to its shape
    private int changes;

    public FieldSite(String name) {
        this.name = name;
        this.seen = new Seen(Shape.EMPTY, -1);
    }

    /** The field's value, null when the event has no such field. */
    public @Nullable Object get(Event event) {
        var known = seen;
        int slot = known.shape == event.shape() ? known.slot : find(event.shape());
        return slot < 0 ? null : event.at(slot);
    }

    private int find(Shape shape) {
        int slot = shape.slot(name);
        if (changes < CHANGES_MAX) {
            changes++;
            seen = new Seen(shape, slot);
        }
        return slot;
    }

    private record Seen(Shape shape, int slot) {}
}
