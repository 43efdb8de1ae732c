package dev.skein.pipeline.vpl.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may stand at top level. */
public sealed interface Declaration
        permits Declaration.Context,
                Declaration.Connector,
                Declaration.Event,
                Declaration.TypeAlias,
                Declaration.Function,
                Declaration.Stream,
                Declaration.Pattern,
                Declaration.Import,
                Declaration.Config,
                Let {
    /** The declared name. */
    Id id();

    default String name() {
        return id().name();
    }

    /** A thread of its own; the cores are a wish. */
    record Context(Id id, List<Long> cores) implements Declaration {}

    /** @param type the connector type, as {@code cluster} or {@code mqtt} */
    record Connector(Id id, Id type, List<Parameter> parameters) implements Declaration {}

    /** @param values one literal or name, or the elements of a list */
    record Parameter(Id id, List<Expression> values, boolean list) {}

    record Event(Id id, @Nullable Id parent, List<Field> fields) implements Declaration {}

    /** A field of an event, or a parameter of a function. */
    record Field(Id id, TypeName type) {}

    record TypeAlias(Id id, TypeName type) implements Declaration {}

    record Function(Id id, List<Field> parameters, @Nullable TypeName result, List<Statement> body)
            implements Declaration {}

    record Stream(Id id, @Nullable TypeName type, StreamSource source, List<Operator> operators)
            implements Declaration {}

    /** Tier 2; at the keyword. */
    record Pattern(
            Position at,
            Id id,
            PatternTerm term,
            @Nullable Expression within,
            @Nullable Id partition) implements Declaration {}

    /** Tier 3, at the keyword; {@code id} is the alias, or the file's text where it has none. */
    record Import(Position at, Id id, String file) implements Declaration {}

    /** Tier 3; at the keyword. */
    record Config(Position at, Id id, List<Parameter> parameters) implements Declaration {}

    /** The right side of a {@code pattern} declaration (tier 2; {@code AND} and {@code OR} tier 3). */
    sealed interface PatternTerm {
        Position at();

        record Sequence(Position at, List<StreamSource.Step> steps) implements PatternTerm {}

        record Single(StreamSource.Step step) implements PatternTerm {
            @Override
            public Position at() {
                return step.at();
            }
        }

        /** {@code AND} or {@code OR}, at the first operator. */
        record Combined(Position at, boolean all, List<PatternTerm> terms) implements PatternTerm {}

        record Negated(Position at, PatternTerm term) implements PatternTerm {}
    }
}
