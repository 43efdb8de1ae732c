package dev.skein.pipeline.vpl.ast;

import org.jspecify.annotations.Nullable;

/**
 * One {@code name: value} or bare value in brackets.
 *
 * @param name null for a positional argument; {@code emit(x)} reads as {@code emit(x: x)}
 * @param alias the name after {@code as}, only in operators of tier 2
 */
public record Argument(
        @Nullable Id name, Expression value, @Nullable Id alias) {
    public Position at() {
        return name == null ? value.at() : name.at();
    }
}
