package dev.skein.http.contract;

import dev.skein.kernel.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Everything wrong with one request, in the words of whoever has to mend it. */
public final class Faults {
    private static final int MAX = 100;
    private static final int TYPING_ERRORS_MAX = 3;
    private static final int SHOWN_MAX = 200;

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

    /**
     * Notes one that nobody knows, and which was probably meant.
     *
     * @param shown the field with all that it is in
     */
    public void unknown(String shown, String field, Collection<String> known) {
        int errors = Math.min(TYPING_ERRORS_MAX, field.length() - 1); // one letter at least is right
        var hint = Nearest.to(clipped(field), known, errors).map(near -> "; did you mean " + near + "?");
        add(clipped(shown) + " is unknown" + hint.orElse(""));
    }

    private static String clipped(String shown) {
        return shown.length() <= SHOWN_MAX ? shown : shown.substring(0, SHOWN_MAX) + "…";
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public List<String> all() {
        return List.copyOf(all);
    }
}
