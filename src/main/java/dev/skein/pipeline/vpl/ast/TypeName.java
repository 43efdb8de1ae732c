package dev.skein.pipeline.vpl.ast;

import java.util.List;
import java.util.Locale;

/**
 * A type as written.
 *
 * @param name what a {@link Base#NAMED} type is called; else the keyword
 * @param parts element types: one of an array or a stream, key and value of a map, all of a tuple
 * @param optional followed by {@code ?}
 */
public record TypeName(Position at, Base base, String name, List<TypeName> parts, boolean optional) {
    /** The outermost shape. */
    public enum Base {
        INT,
        FLOAT,
        BOOL,
        STR,
        ANY,
        TIMESTAMP,
        DURATION,
        ARRAY,
        MAP,
        TUPLE,
        STREAM,
        /** A declared type or event. */
        NAMED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public TypeName {
        parts = List.copyOf(parts);
    }
}
