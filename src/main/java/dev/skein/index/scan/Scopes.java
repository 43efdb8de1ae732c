package dev.skein.index.scan;

import java.util.ArrayList;
import java.util.List;

/** The types whose bodies are open, the innermost last. */
final class Scopes {
    /** One open body. */
    static final class Open {
        final Declared owner;
        final int index; // of the owner among the declarations
        final boolean hidden; // the body of an enum constant, or within one
        boolean lists; // still at an enum's constants

        Open(Declared owner, int index, boolean hidden) {
            this.owner = owner;
            this.index = index;
            this.hidden = hidden;
        }
    }

    private final List<Open> open = new ArrayList<>();

    void clear() {
        open.clear();
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    void enter(Open body) {
        open.add(body);
    }

    Open innermost() {
        return open.get(open.size() - 1);
    }

    void leave(int stop) {
        open.remove(open.size() - 1).owner.stop = stop;
    }

    /** Index of the declaration that what comes next is declared in. */
    int parent() {
        return open.isEmpty() ? Declared.NO_PARENT : innermost().index;
    }

    boolean isHidden() {
        return !open.isEmpty() && innermost().hidden;
    }

    /** Whether the body lists an enum's constants now. */
    boolean isListing() {
        return !open.isEmpty() && innermost().lists;
    }

    boolean isNamed(String name) {
        return !open.isEmpty() && innermost().owner.name.equals(name);
    }
}
