package dev.skein.pipeline.vpl.ast;

import org.jspecify.annotations.Nullable;

/** {@code let}, {@code var} or {@code const}, at top level or in a function. */
public record Let(Id id, Kind kind, @Nullable TypeName type, Expression value) implements Declaration, Statement {
    /** Only {@link #VAR} may be assigned, and only in a function. */
    public enum Kind {
        LET,
        VAR,
        CONST
    }

    @Override
    public Position at() {
        return id.at();
    }

    @Override
    public <R> R accept(Statement.Visitor<R> visitor) {
        return visitor.visitLet(this);
    }
}
