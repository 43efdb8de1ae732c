package dev.skein.pipeline.vpl.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a stream's events come from. */
public sealed interface StreamSource
        permits StreamSource.Plain,
                StreamSource.FirstStep,
                StreamSource.From,
                StreamSource.Merge,
                StreamSource.Join,
                StreamSource.Sequence,
                StreamSource.Timer {
    /** The first token. */
    Position at();

    /** Events of one type, or of the stream of that name. The only source of tier 1. */
    record Plain(Id type) implements StreamSource {
        @Override
        public Position at() {
            return type.at();
        }
    }

    /** A first step with an alias, a condition or a repetition; {@code ->} operators may follow. */
    record FirstStep(Step step) implements StreamSource {
        @Override
        public Position at() {
            return step.at();
        }
    }

    /** {@code T.from(C, topic: "t")}. */
    record From(Id type, Position at, Id connector, List<Declaration.Parameter> parameters) implements StreamSource {}

    record Merge(Position at, List<Input> inputs) implements StreamSource {}

    record Join(Position at, List<Input> inputs) implements StreamSource {}

    /** One source of a merge or join; {@code condition} is a filter or a key, {@code name} the local stream name. */
    record Input(@Nullable Id name, Id type, @Nullable Expression condition) {}

    /** {@code sequence(a: A, b: B where p)}; each alias is in its step. */
    record Sequence(Position at, List<Step> steps) implements StreamSource {}

    record Timer(Position at, Expression period, @Nullable Expression initialDelay) implements StreamSource {}

    /**
     * One element of a sequence, or a plain source where nothing but the type is given.
     *
     * @param at the first token, which may be {@code NOT} or {@code all}
     * @param repeat how often it may match
     */
    record Step(
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
}
