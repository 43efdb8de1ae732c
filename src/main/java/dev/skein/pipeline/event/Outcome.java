package dev.skein.pipeline.event;

import java.util.List;

/**
 * What became of one submitted event.
 *
 * @param outputs all of them, whatever their number; the type is the stream's name or that of {@code emit as}. In the
 *     order they were produced; outputs of different contexts in any order among themselves
 * @param errors of streams that gave up on the event or on one it led to
 */
public record Outcome(List<Event> outputs, List<EventError> errors) {
    /** Nothing came of it. */
    public static final Outcome NOTHING = new Outcome(List.of(), List.of());
}
