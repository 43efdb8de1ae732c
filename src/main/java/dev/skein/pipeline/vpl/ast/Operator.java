package dev.skein.pipeline.vpl.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One link of a stream's chain. Its position is the operator's name, after the dot. */
public sealed interface Operator {
    Position at();

    record Where(Position at, Expression condition) implements Operator {}

    /**
     * @param as the type of the product; null: the stream's name
     * @param fields all named; empty: every field of the event is passed on
     * @param context where the product is handed to
     */
    record Emit(
            Position at,
            @Nullable Id as,
            List<Argument> fields,
            @Nullable Id context) implements Operator {}

    record Process(Position at, Expression.Call call) implements Operator {}

    record InContext(Position at, Id context) implements Operator {}

    /** @param parameters all named; stream expressions like any other, so they may read the event */
    record To(Position at, Id connector, List<Argument> parameters) implements Operator {}

    /** {@code -> step}, tier 2; at the arrow. */
    record Then(Position at, StreamSource.Step step) implements Operator {}

    /** {@code .not(T where e)}, tier 2. */
    record Not(Position at, Id type, @Nullable Expression where) implements Operator {}

    /** Any known operator of tier 2 or 3. */
    record Other(Id id, List<Argument> arguments) implements Operator {
        @Override
        public Position at() {
            return id.at();
        }
    }
}
