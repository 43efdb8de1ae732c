package dev.skein.http.contract;

import java.util.ArrayList;
import java.util.List;

/** Everything wrong with one request, in the words of whoever has to mend it. */
public final class Faults {
    private static final int MAX = 100;

    private final List<String> all = new ArrayList<>();

    /** Notes one; past a hundred more are not worth reading. */
    public void add(String sentence) {
        if (all.size() < MAX) {
            all.add(sentence);
        }
    }

    public void missing(String field) {
        add(field + " is missing");
    }

    /** Notes a value of another type or range, as in {@code limit must be a whole number, got text}. */
    public void wrong(String field, String expected, String got) {
        add(field + " must be " + expected + ", got " + got);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public List<String> all() {
        return List.copyOf(all);
    }
}
