package dev.skein.pipeline.vpl.ast;

import java.util.List;

/** The right side of a {@code pattern} declaration (tier 2; {@code AND} and {@code OR} tier 3). */
public sealed interface PatternTerm {
    Position at();

    record Sequence(Position at, List<Step> steps) implements PatternTerm {}

    record Single(Step step) implements PatternTerm {
        @Override
        public Position at() {
            return step.at();
        }
    }

    /** {@code AND} or {@code OR}, at the first operator. */
    record Combined(Position at, boolean all, List<PatternTerm> terms) implements PatternTerm {}

    record Negated(Position at, PatternTerm term) implements PatternTerm {}
}
