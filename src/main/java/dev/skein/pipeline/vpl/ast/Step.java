package dev.skein.pipeline.vpl.ast;

import org.jspecify.annotations.Nullable;

/**
 * One element of a sequence, or a plain source where nothing but the type is given.
 *
 * @param at the first token, which may be {@code NOT} or {@code all}
 * @param repeat how often it may match
 */
public record Step(
        Position at,
        boolean negated,
        Id type,
        Repeat repeat,
        @Nullable Expression where,
        @Nullable Id alias) {
    /** {@code all T} is the same as {@code T+}. */
    public enum Repeat {
        ONCE,
        ONE_OR_MORE,
        ANY_NUMBER,
        AT_MOST_ONE
    }

    /** Whether this is only the name of an event type or stream. */
    public boolean isPlain() {
        return !negated && repeat == Repeat.ONCE && where == null && alias == null;
    }
}
