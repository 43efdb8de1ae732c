package dev.skein.index.sem.resolve;

import dev.skein.index.sem.expr.Meaning;
import dev.skein.index.sem.type.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A name at a place in a file.
 *
 * @param start offset of its first character
 * @param stop offset after its last
 * @param constructed the class of which it makes one, where its meaning is a constructor
 * @param declares whether it is the name of what it means
 */
public record Occurrence(
        String name,
        int start,
        int stop,
        Meaning meaning,
        @Nullable TypeInfo constructed,
        boolean declares) {

    /** Which names are to be looked into. */
    public interface Wanted {
        boolean is(String name, int start, int stop);
    }
}
