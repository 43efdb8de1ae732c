package dev.skein.cli.show;

/**
 * One column of a table.
 *
 * @param header what stands above it
 * @param field path of the value inside the item, parts separated by dots
 * @param form how the value is written
 * @param wide whether only {@code -o wide} shows it
 */
public record Column(String header, String field, Form form, boolean wide) {
    /** How a value is written in a table. */
    public enum Form {
        TEXT,
        /** An id, cut to the shortest prefix that no other row shares. */
        ID,
        NUMBER,
        /** A state; coloured on a terminal. */
        STATE,
        /** A point in time, written as how long ago it was. */
        AGE,
        /** How many parts a list has. */
        COUNT
    }

    public static Column of(String header, String field, Form form) {
        return new Column(header, field, form, false);
    }

    public static Column wide(String header, String field, Form form) {
        return new Column(header, field, form, true);
    }
}
