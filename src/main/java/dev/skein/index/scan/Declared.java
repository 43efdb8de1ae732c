package dev.skein.index.scan;

import dev.skein.index.symbol.SymbolKind;

/** One declaration as the scanner meets it; offsets are those of the text with escapes resolved. */
final class Declared {
    static final int NO_PARENT = -1;

    final SymbolKind kind;
    final int parent; // index of the declaration around it
    int modifiers;
    int start; // of the first modifier, annotation or word
    int stop;
    int nameStart;
    int nameStop;
    int docStart = -1;
    int docStop;
    String name = "";
    String type = ""; // of a field, a parameter or a result; what a type extends, implements and permits
    String parameters = "";

    Declared(SymbolKind kind, int parent) {
        this.kind = kind;
        this.parent = parent;
    }
}
