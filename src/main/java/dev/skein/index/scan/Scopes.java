package dev.skein.index.scan;

import dev.skein.index.symbol.Modifiers;
import java.util.ArrayList;
import java.util.List;

/**
 * The types whose bodies are open, the innermost last; no deeper, and under no longer names, than anybody writes them,
 * since every symbol bears the names of all that it is in.
 */
final class Scopes {
    private static final int DEPTH_MAX = 256;
    private static final int LETTERS_MAX = 1_000; // of all names around a symbol with the dots between

    /** One open body. */
    static final class Open {
        final Declared owner;
        final int index; // of the owner among the declarations
        final boolean hidden; // the body of an enum constant, or within one
        boolean lists; // still at an enum's constants
        int column; // the owner's indentation, where that decides what a brace closes
        private int letters; // of its name and of those around it

        Open(Declared owner, int index, boolean hidden) {
            this.owner = owner;
            this.index = index;
            this.hidden = hidden;
        }
    }

    private final List<Open> open = new ArrayList<>();
    private int unitLetters;
    private boolean isCut;

    void clear() {
        open.clear();
        unitLetters = 0;
        isCut = false;
    }

    /** Names the package. */
    void within(String unit) {
        unitLetters = unit.length();
    }

    /** Whether a body was not entered. */
    boolean isCut() {
        return isCut;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** False, and noted on the owner, when nothing in the body is to be looked at. */
    boolean enter(Open body) {
        body.letters = (open.isEmpty() ? unitLetters : innermost().letters) + 1 + body.owner.name.length();
        if (open.size() >= DEPTH_MAX || body.letters > LETTERS_MAX) {
            body.owner.modifiers |= Modifiers.CUT;
            isCut = true;
            return false;
        }
        return open.add(body);
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
